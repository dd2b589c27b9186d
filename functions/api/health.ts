import { jsonResponse } from '#functions/api/rest/http-handler.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';

export const handler = restHandler({
  'GET /health': { operation: 'getHealth', run: async () => jsonResponse(200, { status: 'ok' }) },
});
