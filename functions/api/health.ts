import { jsonResponse } from './http-handler.ts';
import { restHandler } from './rest-handler.ts';

export const handler = restHandler({
  'GET /health': { operation: 'getHealth', run: async () => jsonResponse(200, { status: 'ok' }) },
});
