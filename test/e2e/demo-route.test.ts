import { request } from 'node:http';
import { DescribeExecutionCommand, paginateListExecutions } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { aTripId, ended, itemsOf, startDemo } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const accepted = 'The holiday booking system is processing your order';

/** Names of all booking runs that were ever started: two names with one dot, where a redrive's has more. */
async function executions(): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListExecutions({ client: target.stepFunctions }, { stateMachineArn: target.stateMachineArn });
  for await (const page of pages) names.push(...(page.executions ?? []).map(({ name = '' }) => name));
  return names.filter((name) => /^[^.]+\.[^.]+$/.test(name)).sort();
}

describe('demo route', () => {
  it('given a run type and a trip, when called, then the saga gets the input keys of the example', async () => {
    const tripId = aTripId();
    const answer = await startDemo(target, { runType: 'success', tripID: tripId });
    expect(answer).toMatchObject({ status: 200, message: accepted });

    const { executionArn } = answer;
    const { input, name } = await target.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(input ?? '')).toMatchObject({
      trip_id: tripId,
      depart: 'London',
      depart_at: '2021-07-10T06:00:00.000Z',
      arrive: 'Dublin',
      arrive_at: '2021-07-12T08:00:00.000Z',
      hotel: 'holiday inn',
      check_in: '2021-07-10T12:00:00.000Z',
      check_out: '2021-07-12T14:00:00.000Z',
      rental: 'Volvo',
      rental_from: '2021-07-10T00:00:00.000Z',
      rental_to: '2021-07-12T00:00:00.000Z',
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
    [{ runType: 'failEverything' }, '"runType" must be one of success, failHotelReservation'],
    [{ runType: '' }, '"runType" must be one of'],
    [{ tripID: '' }, '"tripID" must match'],
    [{ tripID: 'a b' }, '"tripID" must match'],
    [{ tripID: 'FLIGHT#1' }, '"tripID" must match'],
    [{ tripID: 'x'.repeat(51) }, '"tripID" must match'],
    [{ runType: 'failPayment', cancelFailureRate: '2' }, '"cancelFailureRate" must be a number from 0 to 1'],
  ])(
    'given %j, when called, then it is refused with a clear message and nothing is started',
    async (query, message) => {
      const answer = await startDemo(target, query as Record<string, string>);
      expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(message) });
      expect(answer).not.toHaveProperty('executionArn');
    },
  );

  it('given the longest trip id, when called, then even its execution name is within the limits of Step Functions', async () => {
    const answer = await startDemo(target, { tripID: 'x'.repeat(50) });
    expect(answer.status).toBe(200);
    expect((await ended(target, answer.executionArn)).status).toBe('SUCCEEDED');
  });

  it.each([
    ...[{ runtype: 'failPayment' }, { run_type: 'failPayment' }, { tripid: 'x' }, { tripId: 'x' }],
    { cancel_failure_rate: '1' },
  ])(
    'given the misspelt %j, when called, then it is refused with the right name and nothing is started',
    async (query) => {
      const before = await executions();
      const answer = await startDemo(target, query as unknown as Record<string, string>);

      expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(/runType|tripID|cancelFailureRate/) });
      expect(await executions()).toEqual(before);
    },
  );

  it('given other parameters, when called, then it books and names those that it ignores', async () => {
    const tripID = aTripId();
    const answer = await startDemo(target, { tripID, utm_source: 'mail', verbose: '1' });

    expect(answer).toMatchObject({ status: 200, message: accepted, ignored: ['utm_source', 'verbose'] });
    expect((await ended(target, answer.executionArn)).status).toBe('SUCCEEDED');
  });

  const itRefuses = (path: string, test: (name: string, run: () => Promise<void>) => void) =>
    test(`given ${path}, when called by any method, then it is 404 and starts nothing`, async () => {
      const before = await executions();
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']) {
        const response = await fetch(`${target.apiUrl}${path}?tripID=${aTripId()}`, { method });
        expect([method, response.status, response.headers.get('content-type')]).toEqual([
          ...[method, 404],
          expect.stringMatching(/^application\/problem\+json/),
        ]);
        expect(await response.text()).toMatch(method === 'HEAD' ? /^$/ : /"There is no such resource/);
      }
      expect(await executions()).toEqual(before);
    });
  for (const path of [
    ...['/health/', '/bookings/', '/Bookings', '/bookings;a=1', '/bookings/x/', '/Bookings/x/history', '/Loyalty'],
    ...['/graphql/', '/GraphQL', '/openapi.json/', '/payments/charges/', '/payments//charges', '/flights/'],
    ...['/%62ookings/', '/bookings%2F', '/bookings%3Ba=1', '/%2562ookings/'],
    ...['/favicon.ico', '/robots.txt', '/.well-known/security.txt'],
  ]) {
    itRefuses(path, it);
  }
  for (const path of ['//bookings', '//payments/charges', '/%2Fbookings'])
    itRefuses(path, itNeeds('paths as they are sent'));

  it.each(['/', '/any/path?runType=success'])(
    'given HEAD %s, when called, then it is 200 and empty and starts nothing',
    async (path) => {
      const before = await executions();
      const response = await fetch(`${target.apiUrl}${path}`, { method: 'HEAD' });

      expect([response.status, await response.text()]).toEqual([200, '']);
      expect(await executions()).toEqual(before);
    },
  );

  it('given a browser that opens it, and asks for an icon by itself, when both are answered, then it has booked once', async () => {
    const before = await executions();
    const page = await fetch(target.apiUrl);
    const icon = await fetch(`${target.apiUrl}/favicon.ico`);

    expect([page.status, icon.status]).toEqual([200, 404]);
    expect((await executions()).length).toBe(before.length + 1);
    await ended(target, ((await page.json()) as { executionArn: string }).executionArn);
  });

  it('given TRACE, when called, then it is 405 and starts nothing', async () => {
    const before = await executions();
    const status = await new Promise((resolve, reject) => {
      // `fetch` refuses the method by itself.
      request(`${target.apiUrl}/?tripID=${aTripId()}`, { method: 'TRACE' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });

    expect(status).toBe(405);
    expect(await executions()).toEqual(before);
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
