import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Mail } from '#embedded/testing.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { demoMinorUnits, demoPoints } from '#test/support/demo-figures.ts';
import { api } from '#test/support/e2e/api.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { aTripId, ended, headerOf, startDemo, startExecution } from '#test/support/e2e/saga.ts';
import { type FaultyCloud, openFaultyCloud } from '#test/support/faulty-cloud.ts';
import type { TestIntent } from '#test/support/stripe-intents.ts';
import { type StripeServer, startStripeServer, stripeSecretKey } from '#test/support/stripe-server.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

const chargesPerMinute = 2;

let folder: string;
let stripe: StripeServer;
let target: FaultyCloud;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'booking-stripe-'));
  stripe = await startStripeServer();
  // A process of its own, as the synth always is: the stage local as it is with settings that it has not by default.
  execFileSync(process.execPath, ['infra/synth.ts'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      STAGE: 'local',
      NOTIFICATION_EMAIL: 'bookings@example.com',
      PAYMENT_PROVIDER: 'stripe',
      STRIPE_API_BASE: stripe.url,
      CDKTF_OUTDIR: folder,
      NODE_OPTIONS: '',
    },
  });
  const stackFile = join(folder, 'stacks', 'booking-saga-local', 'cdk.tf.json');
  limitCharges(stackFile);
  target = await openFaultyCloud(stackFile);
}, 120_000);
afterEach(() => stripe.heal());
afterAll(async () => {
  await target?.close();
  await stripe?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As stages on AWS have it, where a stage for tests admits charges by the thousand. */
function limitCharges(stackFile: string): void {
  const stack = readFileSync(stackFile, 'utf8');
  const limited = stack.replace(/("CHARGES_PER_MINUTE": )"\d+"/, `$1"${chargesPerMinute}"`);
  expect(limited).not.toBe(stack);
  writeFileSync(stackFile, limited);
}

/** Books the example's trip and finds the intent that it was to be paid with. */
async function book(runType: string) {
  const tripId = aTripId();
  const { executionArn, executionId } = await startDemo(target, { tripID: tripId, runType });
  const { status, error, input } = await ended(target, executionArn);
  const { payment_token: token, ...run } = JSON.parse(input ?? '{}');
  const header = await headerOf(target, tripId);
  return {
    executionId,
    outcome: error ?? status,
    header: header?.status,
    input: { ...run, payment_token: token },
    intent: () => stripe.intents.get(token) as TestIntent,
  };
}

describe('a stage that pays through Stripe', () => {
  it('given no secret key yet, when asked, then it fails without a word of it; given the key, then it works', async () => {
    const refused = await startDemo(target, { tripID: aTripId() });
    expect(refused).toMatchObject({ status: 500, message: 'There was an error' });

    const Name = '/local/service/payment/stripe/secretKey';
    await target.ssm.send(new PutParameterCommand({ Name, Type: 'SecureString', Value: stripeSecretKey }));
    expect((await startDemo(target, { tripID: aTripId() })).status).toBe(200);
    await target.cloud.stepFunctions.idle();
  });

  it('given a trip, when it is booked, then its price is captured once under the payment’s key', async () => {
    const { outcome, header, intent, executionId } = await book('success');
    expect([outcome, header]).toEqual(['SUCCEEDED', 'CONFIRMED']);
    expect(intent()).toMatchObject({ status: 'succeeded', captured: demoMinorUnits, refunded: 0, currency: 'usd' });
    expect(intent().metadata.capture_key).toMatch(new RegExp(`^\\d+#${executionId}$`));
  });

  it.each([
    ['failPayment', { status: 'canceled', captured: 0, refunded: 0 }],
    ['failBookingConfirmation', { status: 'succeeded', captured: demoMinorUnits, refunded: demoMinorUnits }],
  ])('given a trip that ends with %s, when it is undone, then no money is kept', async (runType, expected) => {
    const { outcome, header, intent } = await book(runType);
    expect([outcome, header]).toEqual(['BookingFailed', 'CANCELLED']);
    expect(intent()).toMatchObject(expected);
  });

  it('given a booked trip, when its customer cancels it, then the price goes back', async () => {
    const { input, executionId, intent } = await book('success');
    const cancel = cancelRunInput(input, 'customer');
    const { status } = await ended(target, await startExecution(target, `${executionId}.cancel`, cancel));
    expect(status).toBe('SUCCEEDED');
    expect(intent()).toMatchObject({ captured: demoMinorUnits, refunded: demoMinorUnits });
  });

  it.each([
    ['an answer gets lost', /capture$/, ['lost reply'], 'SUCCEEDED', 0],
    ['Stripe is down for a moment', /capture$/, [503, 429], 'SUCCEEDED', 0],
    ['Stripe is down for long', /capture$/, [500, 500, 500], 'BookingFailed', 0],
    ['a refund’s answer gets lost', /refunds$/, ['lost reply'], 'SUCCEEDED', demoMinorUnits],
  ] as const)(
    'given that %s, when a trip is booked and cancelled, then the captured amount is kept or refunded in full',
    async (_, pattern, faults, outcome, refunded) => {
      stripe.fail(pattern, ...faults);
      const booked = await book('success');
      expect(booked.outcome).toBe(outcome);
      if (refunded > 0) {
        const cancel = cancelRunInput(booked.input, 'customer');
        await ended(target, await startExecution(target, `${booked.executionId}.cancel`, cancel));
      }
      const { captured, refunded: returned, status } = booked.intent();
      if (outcome === 'BookingFailed') expect([status, captured]).toEqual(['canceled', 0]);
      else expect([captured, returned]).toEqual([demoMinorUnits, refunded]);
    },
    60_000,
  );
});

describe('a stage with a limit of charges', () => {
  it('given a customer that tries more cards than that in a minute, then the others wait, and a repetition is answered', async () => {
    const customer = await customerOf(target, aTripId());
    const charge = (key: string) =>
      api(target, customer, '/payments/charges', {
        method: 'POST',
        headers: { 'idempotency-key': key },
        body: { amount: 150, currency: 'USD', stripeToken: 'tok_visa' },
      });
    // The minute may change in between: as many as fit into two of them, and one.
    const answers = [];
    for (let number = 0; number <= 2 * chargesPerMinute; number += 1) answers.push(await charge(`card-${number}`));
    const refused = answers.filter(({ status }) => status === 429);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    for (const { headers, body } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(body).toMatchObject({ status: 429, title: 'Too many charges' });
    }
    expect(await charge('card-0')).toMatchObject({ status: 200, body: answers[0]?.body });
  });
});

describe('a stage with an address for notifications', () => {
  it('given a trip that is booked and one that is not, when they end, then the page of unsent mails shows a mail for each', async () => {
    const mailsOf = async (executionId: string) => {
      const { emails } = (await (await fetch(`${target.awsUrl}/_local/emails`)).json()) as { emails: Mail[] };
      return emails.filter(({ body }) => body.includes(`"${executionId.split('.')[0]}"`));
    };
    const [booked, undone] = [await book('success'), await book('failHotel')];

    const [mail, ...noMore] = await mailsOf(booked.executionId);
    expect(noMore).toEqual([]);
    expect(mail).toMatchObject({ to: 'bookings@example.com', subject: 'Your holiday is booked' });
    expect(JSON.parse(mail?.body ?? '')).toMatchObject({ status: 'CONFIRMED', customer: 'demo', price: demoPoints });
    expect((await mailsOf(undone.executionId)).map(({ subject }) => subject)).toEqual([
      'Your holiday booking was cancelled',
    ]);
  });
});
