import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { exampleTrip } from '#test/support/demo-figures.ts';
import { expectSucceeded } from '#test/support/e2e/expect-succeeded.ts';
import { aTripId, ended, itemsOf, startDemo } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

const accepted = 'The holiday booking system is processing your order';

describe('demo route', () => {
  it('given a run type and a trip, when called, then the saga gets the input keys of the example', async () => {
    const tripId = aTripId();
    const answer = await startDemo(target, { runType: 'success', tripID: tripId });
    expect(answer).toMatchObject({ status: 200, message: accepted });

    const { executionArn } = answer;
    const { input, name } = await target.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(input ?? '')).toMatchObject({
      trip_id: tripId,
      ...exampleTrip,
      run_type: 'success',
      execution_id: name,
    });
    expect(name).toMatch(new RegExp(`^${tripId}\\.`));
  });

  it('given no parameters, when called, then it books the default trip', async () => {
    const answer = await startDemo(target, {});
    expect(answer.executionId).toMatch(/^5c12d94a-ee6a-40d9-889b-1d49142248b7\./);
    await ended(target, answer.executionArn);
  });

  it.each(['/', '/saga', '/any/path/at/all'])(
    'given path %s and any method, when called, then it starts',
    async (path) => {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
        const response = await fetch(`${target.apiUrl}${path}?tripID=${aTripId()}`, { method });
        expect([response.status, ((await response.json()) as { message: string }).message]).toEqual([200, accepted]);
      }
    },
  );

  it('given the same trip twice at once, when called, then each call starts an execution of its own', async () => {
    const tripID = aTripId();
    const [one, two] = await Promise.all([startDemo(target, { tripID }), startDemo(target, { tripID })]);
    expect(one.executionArn).not.toBe(two.executionArn);
    const outcomes = await Promise.all([ended(target, one.executionArn), ended(target, two.executionArn)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['FAILED', 'SUCCEEDED']);
  });

  it.each([
    [{ runType: 'failEverything' }, /"runType" must be one of success, (\w+, )*failHotelReservation/],
    [{ runType: '' }, '"runType" must be one of'],
    [{ tripID: '' }, '"tripID" must be 1 to 50 letters'],
    [{ tripID: 'a b' }, '"tripID" must be 1 to 50 letters'],
    [{ tripID: 'FLIGHT#1' }, '"tripID" must be 1 to 50 letters'],
    [{ tripID: 'x'.repeat(51) }, '"tripID" must be 1 to 50 letters'],
    [{ runType: 'failPayment', cancelFailureRate: '2' }, '"cancelFailureRate" must be a number from 0 to 1'],
  ])(
    'given %j, when called, then it is refused with a clear message and nothing is started',
    async (query, message) => {
      const answer = await startDemo(target, query as Record<string, string>);
      expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(message) });
      expect(answer).not.toHaveProperty('executionArn');
    },
  );

  it('given a parameter twice, when called, then it is refused in these words', async () => {
    const response = await fetch(`${target.apiUrl}/?runType=success&runType=failPayment`);
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: 'Query parameter "runType" is given twice' },
    ]);
  });

  it('given the longest trip id, when called, then even its execution name is within the limits of Step Functions', async () => {
    const answer = await startDemo(target, { tripID: 'x'.repeat(50) });
    expect(answer.status).toBe(200);
    await expectSucceeded(target, answer.executionArn);
  });

  it('given other parameters, when called, then it books and names those that it ignores', async () => {
    const tripID = aTripId();
    const answer = await startDemo(target, { tripID, utm_source: 'mail', verbose: '1' });

    expect(answer).toMatchObject({ status: 200, message: accepted, ignored: ['utm_source', 'verbose'] });
    await expectSucceeded(target, answer.executionArn);
  });

  it.each(['/health', '/openapi.json'])(
    'given HEAD %s, when called, then it answers as GET without a body',
    async (path) => {
      const [head, get] = [
        await fetch(`${target.apiUrl}${path}`, { method: 'HEAD' }),
        await fetch(`${target.apiUrl}${path}`),
      ];
      expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
        ...[get.status, get.headers.get('content-type')],
        '',
      ]);
    },
  );

  it("given a browser's preflight, when called, then it is allowed and starts nothing", async () => {
    const tripId = aTripId();
    const headers = { origin: 'http://example.com', 'access-control-request-method': 'POST' };
    const response = await fetch(`${target.apiUrl}/?tripID=${tripId}`, { method: 'OPTIONS', headers });

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await itemsOf(target, tripId)).toEqual([]);
  });

  it('given a health check, when called, then it answers 200 and starts nothing', async () => {
    const response = await fetch(`${target.apiUrl}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });
});
