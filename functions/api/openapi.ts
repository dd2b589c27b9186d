import document from '#schema/openapi.json' with { type: 'json' };
import { jsonResponse } from './http-handler.ts';
import { restHandler } from './rest-handler.ts';
import { documentOfStage } from './stage-document.ts';

declare const __FAULTS__: boolean;

const served = jsonResponse(200, documentOfStage(document, { faults: __FAULTS__ }));

export const handler = restHandler({
  'GET /openapi.json': { operation: 'getDocument', run: async () => served },
});
