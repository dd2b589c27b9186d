import { httpHandler, jsonResponse } from './http-handler.ts';

export const handler = httpHandler(async () => jsonResponse(200, { status: 'ok' }), {
  serverErrorMessage: 'There was an error',
});
