import { request } from 'node:http';
import { paginateListExecutions } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { demoTripId } from '#schema/demo-request.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { aTripId, ended, startDemo } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

/** Names of all runs that were ever started for the trip. */
async function runsOf(tripId: string): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListExecutions({ client: target.stepFunctions }, { stateMachineArn: target.stateMachineArn });
  for await (const page of pages) names.push(...(page.executions ?? []).map(({ name = '' }) => name));
  return names.filter((name) => name.startsWith(`${tripId}.`)).sort();
}

describe('a request that only resembles the demo', () => {
  it.each([
    ...[{ runtype: 'failPayment' }, { run_type: 'failPayment' }, { tripid: 'x' }, { tripId: 'x' }],
    { cancel_failure_rate: '1' },
  ])(
    'given the misspelt %j, when called, then it is refused with the right name and nothing is started',
    async (query) => {
      const before = await runsOf(demoTripId);
      const answer = await startDemo(target, query as unknown as Record<string, string>);

      expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(/runType|tripID|cancelFailureRate/) });
      expect(await runsOf(demoTripId)).toEqual(before);
    },
  );

  const itRefuses = (path: string, test: (name: string, run: () => Promise<void>) => void) =>
    test(`given ${path}, when called by any method, then it is 404 and starts nothing`, async () => {
      const tripId = aTripId();
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']) {
        const response = await fetch(`${target.apiUrl}${path}?tripID=${tripId}`, { method });
        expect([method, response.status, response.headers.get('content-type')]).toEqual([
          ...[method, 404],
          expect.stringMatching(/^application\/problem\+json/),
        ]);
        expect(await response.text()).toMatch(method === 'HEAD' ? /^$/ : /"There is no such resource/);
      }
      expect(await runsOf(tripId)).toEqual([]);
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

  it.each(['/', '/any/path'])(
    'given HEAD %s, when called, then it is 200 and empty and starts nothing',
    async (path) => {
      const tripId = aTripId();
      const response = await fetch(`${target.apiUrl}${path}?tripID=${tripId}`, { method: 'HEAD' });

      expect([response.status, await response.text()]).toEqual([200, '']);
      expect(await runsOf(tripId)).toEqual([]);
    },
  );

  it('given a browser that opens it, and asks for an icon by itself, when both are answered, then it has booked once', async () => {
    const before = await runsOf(demoTripId);
    const page = await fetch(target.apiUrl);
    const icon = await fetch(`${target.apiUrl}/favicon.ico`);

    expect([page.status, icon.status]).toEqual([200, 404]);
    expect((await runsOf(demoTripId)).length).toBe(before.length + 1);
    await ended(target, ((await page.json()) as { executionArn: string }).executionArn);
  });

  it('given TRACE, when called, then it is 405 and starts nothing', async () => {
    const tripId = aTripId();
    const status = await new Promise((resolve, reject) => {
      // `fetch` refuses the method by itself.
      request(`${target.apiUrl}/?tripID=${tripId}`, { method: 'TRACE' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });

    expect(status).toBe(405);
    expect(await runsOf(tripId)).toEqual([]);
  });
});
