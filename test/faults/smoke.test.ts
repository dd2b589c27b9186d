import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { smoke } from '#infra/operations/smoke.ts';
import { projectRoot } from '#infra/paths.ts';
import { api } from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { functionOf, openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openFaultyCloud);
let customer: Customer;
beforeAll(async () => {
  customer = await customerOf(target, 'smoke');
});

const run = (more: Partial<Parameters<typeof smoke>[0]> = {}) =>
  smoke({ apiUrl: target.apiUrl, token: customer.token, pollMs: 10, ...more });

function failing(state: string): () => void {
  return target.cloud.lambda.intercept(({ functionName, proceed }) => {
    if (functionName === functionOf(state)) throw new Error('fails on purpose');
    return proceed();
  });
}

const script = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join('infra', 'operations', 'smoke-main.ts'), ...args], {
    cwd: projectRoot,
    env: { ...process.env, NODE_OPTIONS: '' },
  });

describe('the smoke test of a stage', () => {
  it('given a stage that works, then it books, sees it confirmed, cancels, and sees it cancelled', async () => {
    const steps: string[] = [];
    await run({ print: (line) => void steps.push(line) });

    expect(steps).toEqual([
      'ok  GET /health answers',
      'ok  GET /openapi.json is served',
      'ok  GET /bookings asks for a token',
      'ok  POST /payments/charges authorizes a card',
      'ok  POST /bookings takes a holiday',
      'ok  the holiday is confirmed',
      'ok  DELETE /bookings/{id} takes its cancellation',
      'ok  the holiday is cancelled',
    ]);
    const { body } = await api(target, customer, '/bookings?status=CANCELLED');
    expect(body.items.filter(({ id }: { id: string }) => id.startsWith('smoke-'))).toHaveLength(1);
  });

  it('given no customer, then it books nothing and reads only the open routes', async () => {
    const steps: string[] = [];
    await run({ token: undefined, print: (line) => void steps.push(line) });

    expect(steps).toHaveLength(3);
  });

  it.each([
    ['ReserveHotel', /the holiday is confirmed: booking smoke-.* is CANCELLED, not CONFIRMED/],
    ['Health', /GET \/health answers: 500 instead of 200/],
    ['Bookings', /POST \/bookings takes a holiday: 500 instead of 202/],
  ])('given a stage whose %s fails, then it says which step did not go as it should', async (state, message) => {
    const restore = failing(state);
    try {
      await expect(run()).rejects.toThrow(message);
    } finally {
      restore();
    }
  });

  it('given a cancellation that does not come to its end, then it says how the booking stands', async () => {
    const restore = failing('RefundPayment');
    try {
      await expect(run({ patienceMs: { cancellation: 0 } })).rejects.toThrow(
        /the holiday is cancelled: booking smoke-.* is CANCELLING after 0 s, not CANCELLED/,
      );
    } finally {
      restore();
    }
  });

  it('as a command ends with 0 if the stage works, with 1 and the reason if it fails, and with 2 if an option is missing', async () => {
    const { stdout } = await script('--api-url', target.apiUrl, '--token', customer.token);
    expect(stdout).toContain('ok  the holiday is cancelled');

    await expect(script('--api-url', 'http://127.0.0.1:1', '--read-only')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('GET /health answers'),
    });
    await expect(script('--api-url', target.apiUrl)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('whose booking shall it be?'),
    });
  });
});
