import { jsonResponse } from '#functions/api/rest/http-handler.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import { documentOfStage } from '#functions/api/rest/stage-document.ts';
import document from '#schema/openapi.json' with { type: 'json' };

declare const __FAULTS__: boolean;

const served = jsonResponse(200, documentOfStage(document, { faults: __FAULTS__ }));

export const handler = restHandler({
  'GET /openapi.json': { operation: 'getDocument', run: async () => served },
});
