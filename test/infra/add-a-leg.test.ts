import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBookingRequest, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { headerOf, itemsOf, startDemo } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import { type FaultyCloud, openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { isFullLoad } from '#test/support/load.ts';
import { leftOut } from './add-a-leg/left-out.ts';
import { type Copy, copyOfProject, writeLeg } from './add-a-leg/walk.ts';

/** Does what `docs/add-a-leg.md` says, in a copy of the project; with `LOAD=full` also its whole check and its tests. */
let copy: Copy;
let target: FaultyCloud;
beforeAll(async () => {
  copy = copyOfProject();
  writeLeg(copy);
  for (const script of ['cost:record', 'docs', 'synth']) await passes(script);
  target = await openFaultyCloud(join(copy.root, 'cdktf.out/stacks/booking-saga-local/cdk.tf.json'));
}, 300_000);
afterAll(async () => {
  await target?.close();
  copy?.remove();
});

/** Tells what the script says where it fails. */
async function passes(script: string, options: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const { code, output } = await copy.run(script, options, environment);
  if (code !== 0) throw new Error(`${script} ${options.join(' ')} fails:\n${output.slice(-4_000)}`);
}

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
    expect(inCopy('schema/graphql/legs.graphql')).toContain('  insurance: BookedInsurance\n');
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
      await passes('test:e2e', ['end-states'], { UPDATE_END_STATES: '1' });
      // Some unit tests ask Git for the project's files.
      spawnSync('git', ['init', '--quiet'], { cwd: copy.root });
      for (const script of ['check', 'test:machine', 'test:unit']) await passes(script);
      for (const file of ['end-states', 'run-types']) await passes('test:e2e', [file]);
    },
    600_000,
  );
});

describe('a part of the leg that is left out fails the check', () => {
  it.each(leftOut)('%s, by %s', async (_, script, file, left, sentence) => {
    const { code, output } = await copy.without(file, left(inCopy), () => copy.run(script));
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
