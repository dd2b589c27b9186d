import { describe, expect, it } from '@jest/globals';
import { LOG_GROUP, withApi } from './fixture.ts';

const destination = `arn:aws:logs:us-east-1:000000000000:log-group:${LOG_GROUP}:*`;
const format = JSON.stringify({
  requestId: '$context.requestId',
  request: '$context.httpMethod $context.path $context.protocol',
  routeKey: '$context.routeKey',
  status: '$context.status',
  length: '$context.responseLength',
  agent: '$context.identity.userAgent',
  error: '$context.integrationErrorMessage',
  answered: '$context.error.message',
  integration: '$context.integration.requestId',
  subject: '$context.authorizer.claims.sub',
  unknown: '$context.nothing.known',
});
const stage = { access_log_settings: { destination_arn: destination, format } };

describe('the access log', () => {
  it('has a line per request, rendered from the stage format', async () => {
    await withApi({ stage, routeKeys: ['GET /a'] }, async ({ get, logs }) => {
      const ok = await get('/a', { headers: { 'user-agent': 'a "quoted" agent' } });
      await get('/b');
      const lines = logs.lines({ group: LOG_GROUP }).map(({ message }) => JSON.parse(message));
      expect(lines).toEqual([
        {
          requestId: ok.headers.get('apigw-requestid'),
          request: 'GET /a HTTP/1.1',
          routeKey: 'GET /a',
          status: '200',
          length: '6',
          agent: 'a "quoted" agent',
          error: '-',
          answered: '-',
          integration: '-',
          subject: '-',
          unknown: '-',
        },
        expect.objectContaining({ request: 'GET /b HTTP/1.1', routeKey: '-', status: '404', answered: 'Not Found' }),
      ]);
    });
  });

  it.each<[string, unknown]>([
    ['no "seats"', { errorMessage: 'no "seats"' }],
    ['RangeError: no "seats"', { errorType: 'RangeError', errorMessage: 'no "seats"', trace: ['at book'] }],
    ['"seats"', 'seats'],
  ])('tells why the function gave no answer, which the client is not told: %s', async (reason, payload) => {
    const invoke = async () => ({ payload, functionError: 'Unhandled' });
    await withApi({ stage, invoke }, async ({ get, logs }) => {
      await get('/a');
      const [line] = logs.lines({ group: LOG_GROUP }).map(({ message }) => JSON.parse(message));
      expect(line).toMatchObject({ status: '500', error: `The function failed: ${reason}` });
    });
  });

  it("has Lambda's request id, which is in the function's log, too", async () => {
    const invoke = async () => ({ payload: 'done', requestId: 'of-lambda' });
    await withApi({ stage, invoke }, async ({ get, logs }) => {
      await get('/a');
      const [line] = logs.lines({ group: LOG_GROUP }).map(({ message }) => JSON.parse(message));
      expect(line).toMatchObject({ integration: 'of-lambda' });
    });
  });

  it('refuses a destination that is no log group', async () => {
    const wrong = { access_log_settings: { destination_arn: 'arn:aws:firehose:x', format } };
    await expect(withApi({ stage: wrong }, async () => {})).rejects.toThrow('arn:aws:firehose:x');
  });
});
