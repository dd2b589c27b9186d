import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBookingRequest, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { headerOf, itemsOf, startDemo } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import { type FaultyCloud, openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { isFullLoad } from '#test/support/load.ts';
import type { StateMachine } from '../../statemachine/tools/asl.ts';
import { type Copy, copyOfProject, original, writeLeg } from './add-a-leg/walk.ts';

/** Does what `docs/add-a-leg.md` says, in a copy of the project; with `LOAD=full` also its whole check and its tests. */
let copy: Copy;
let target: FaultyCloud;
beforeAll(async () => {
  copy = copyOfProject();
  writeLeg(copy);
  for (const script of ['cost:record', 'docs', 'synth'])
    expect(await copy.run(script)).toEqual({ code: 0, output: expect.any(String) });
  target = await openFaultyCloud(join(copy.root, 'cdktf.out/stacks/booking-saga-local/cdk.tf.json'));
}, 300_000);
afterAll(async () => {
  await target?.close();
  copy?.remove();
});

const inCopy = (file: string): string => readFileSync(join(copy.root, file), 'utf8');

describe('a leg that was added by the page', () => {
  it('is booked and priced, has an item of its own, and is undone', async () => {
    const customer = await customerOf(target, 'ann');
    const insurance = {
      insurer: 'Atlas',
      insuredFrom: '2026-07-10T12:00:00.000Z',
      insuredTo: '2026-07-12T18:00:00.000Z',
    };
    const accepted = await postBooking(target, customer, await aBookingRequest(target, customer, { insurance }));
    // The ticket, and three started days.
    expect(accepted).toMatchObject({ status: 202, body: { price: { amount: '180.00', currency: 'USD' } } });

    const { id } = accepted.body;
    await bookingAt(target, customer, id, 'CONFIRMED');
    expect(await itemsOf(target, id)).toContainEqual(
      expect.objectContaining({
        sk: expect.stringMatching(/^INSURANCE#\d+$/),
        type: 'Insurance',
        insurer: 'Atlas',
        insured_from: insurance.insuredFrom,
        insured_to: insurance.insuredTo,
        transaction_status: 'confirmed',
      }),
    );

    await api(target, customer, `/bookings/${id}`, { method: 'DELETE' });
    await bookingAt(target, customer, id, 'CANCELLED');
    expect((await itemsOf(target, id)).map(({ sk }) => sk)).toEqual(['BOOKING']);
  }, 60_000);

  it('fails on purpose by its own run type', async () => {
    await startDemo(target, { runType: 'failInsuranceConfirmation', tripID: 'insured' });
    const header = await until(async () => {
      const found = await headerOf(target, 'insured');
      return found?.status === 'CANCELLED' ? found : undefined;
    });
    expect(header.failureReason).toMatch(/^ConfirmInsurance failed/);
  }, 60_000);

  it('is shown by the trip command and in the documents', async () => {
    const { apiUrl, cloud } = target;
    const shown = await copy.run('trip', ['success', 'shown'], { API_URL: apiUrl, AWS_ENDPOINT_URL: cloud.awsUrl });
    expect(shown.output).toMatch(/✔ ReserveInsurance /);
    expect(shown.output).toMatch(/INSURANCE#\d+ +confirmed +Atlas · 2021-07-10/);
    expect(inCopy('schema/openapi.json')).toContain('50.00 a day and 10.00 an insured day');
    expect(inCopy('docs/demo.md')).toContain('`failInsuranceReservation` | `ReserveInsurance`');
    expect(inCopy('schema/booking.graphql')).toContain('  insurance: BookedInsurance\n');
  }, 60_000);

  it('has a state machine that keeps all rules', async () => {
    expect(await copy.run('lint:asl')).toEqual({ code: 0, output: expect.stringContaining('has every leg') });
  }, 60_000);

  (isFullLoad ? it : it.skip)(
    'passes the check and the tests that it has to pass',
    async () => {
      expect((await copy.run('lint:tests')).output).toContain(
        'test/e2e/end-states.json: has no end state of run type failInsuranceReservation',
      );
      await copy.run('test:e2e', ['end-states'], { UPDATE_END_STATES: '1' });
      for (const script of ['check', 'test:machine', 'test:unit'])
        expect(await copy.run(script)).toEqual({ code: 0, output: expect.any(String) });
      for (const file of ['end-states', 'run-types'])
        expect(await copy.run('test:e2e', [file])).toEqual({ code: 0, output: expect.any(String) });
    },
    600_000,
  );
});

const asl = 'statemachine/booking-saga.asl.json';

const aslWithoutState = (name: string, before: string, after: string) => (): string => {
  const machine = JSON.parse(inCopy(asl)) as { States: Record<string, Record<string, unknown>> };
  machine.States[before] = { ...machine.States[before], Next: after };
  delete machine.States[name];
  return JSON.stringify(machine);
};

const aslWithoutChoice = (variable: string) => (): string => {
  const machine = JSON.parse(inCopy(asl)) as StateMachine;
  const choices = (machine.States.PeelBack?.Choices ?? [])
    .filter(({ Variable }) => Variable !== variable)
    .map((rule) => (rule.Or ? { ...rule, Or: rule.Or.filter(({ Variable }) => Variable !== variable) } : rule));
  return JSON.stringify({
    ...machine,
    States: { ...machine.States, PeelBack: { ...machine.States.PeelBack, Choices: choices } },
  });
};

/** The record with another text in it. */
const recordWith = (text: string, instead: string) => (): string => {
  const record = inCopy('functions/insurance/leg.ts');
  if (!record.includes(text)) throw new Error(`The record has no ${text}`);
  return record.replace(text, instead);
};

describe('a part of the leg that is left out fails the check', () => {
  // The script of `npm run check` that says so, the file without the part, and what it says.
  it.each<[string, string, string, () => string | undefined, string]>([
    [
      'the record',
      'lint:asl',
      'functions/insurance/leg.ts',
      () => undefined,
      "functions/legs.ts: cannot be loaded: Cannot find module 'functions/insurance/leg.ts'",
    ],
    [
      'a property of the record',
      'lint:asl',
      'functions/insurance/leg.ts',
      recordWith("identity: ['insurer', 'insured_from'],", ''),
      'functions/insurance/leg.ts: identity is missing',
    ],
    [
      'a property of the record, where the stack is made of it',
      'cost:record',
      'functions/insurance/leg.ts',
      recordWith("confirm: '", "confrim: '"),
      'Synth failed: functions/insurance/leg.ts: states.confirm is missing',
    ],
    [
      'a name that the record uses',
      'lint:asl',
      'functions/insurance/leg.ts',
      recordWith("import { perStartedDay } from '#functions/trip/prices.ts';", ''),
      'cannot be loaded: perStartedDay is not defined',
    ],
    [
      'the export of the record',
      'lint:asl',
      'functions/insurance/leg.ts',
      recordWith('export const insurance', 'export const cover'),
      'functions/insurance/leg.ts: exports "cover": its record has to be exported as "insurance", as the folder is',
    ],
    [
      'the entry in the list',
      'lint:asl',
      'functions/legs.ts',
      () => original('functions/legs.ts'),
      'functions/insurance/leg.ts: the leg insurance is not in the list of functions/legs.ts',
    ],
    [
      'the reservation',
      'lint:asl',
      asl,
      aslWithoutState('ReserveInsurance', 'ReserveRental', 'TakePayment'),
      `${asl}: has no state ReserveInsurance, which functions/insurance/leg.ts names to reserve the insurance`,
    ],
    [
      'the confirmation',
      'lint:asl',
      asl,
      aslWithoutState('ConfirmInsurance', 'ConfirmRental', 'ConfirmBooking'),
      `${asl}: has no state ConfirmInsurance, which functions/insurance/leg.ts names to confirm the insurance`,
    ],
    [
      'the cancellation',
      'lint:asl',
      asl,
      aslWithoutState('CancelInsuranceReservation', 'RefundPayment', 'CancelRentalReservation'),
      `${asl}: has no state CancelInsuranceReservation, which functions/insurance/leg.ts names to cancel the insurance`,
    ],
    [
      'the choice for a failed reservation',
      'lint:asl',
      asl,
      aslWithoutChoice('$.ReserveInsuranceError'),
      'PeelBack: has no choice for $.ReserveInsuranceError',
    ],
    [
      'the choice for a failed confirmation',
      'lint:asl',
      asl,
      aslWithoutChoice('$.ConfirmInsuranceError'),
      'PeelBack: has no choice for $.ConfirmInsuranceError',
    ],
    [
      'the path that the tests spell by hand',
      'lint:tests',
      'test/support/saga-paths.ts',
      () => original('test/support/saga-paths.ts'),
      'test/support/saga-paths.ts: forwardPath has no ReserveInsurance',
    ],
    [
      'the recorded end states',
      'lint:tests',
      'test/e2e/end-states.json',
      () => original('test/e2e/end-states.json'),
      'test/e2e/end-states.json: has no end state of run type failInsurance',
    ],
    [
      'the generated documents',
      'lint:docs',
      'schema/openapi.json',
      () => original('schema/openapi.json'),
      'schema/openapi.json: all of it is not what the code says: npm run docs writes it',
    ],
  ])('%s, by %s', async (_, script, file, left, sentence) => {
    const { code, output } = await copy.without(file, left(), () => copy.run(script));
    expect(code).not.toBe(0);
    expect(output).toContain(sentence);
  });

  it('by scripts that are part of it', () => {
    const { check } = (JSON.parse(inCopy('package.json')) as { scripts: { check: string } }).scripts;
    expect(check).toContain('infra/check-main.ts');
    const checks = inCopy('infra/check-main.ts');
    for (const script of ['lint:asl', 'lint:tests', 'lint:docs']) expect(checks).toContain(`'${script}'`);
    expect(checks).toContain('infra/synth-if-stale.ts');
  });
});
