import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import { weigh } from '#infra/bundling/budget.ts';
import { type Bundle, bundleFunctions, variantOf, writeBundles } from '#infra/bundling/bundle.ts';
import { zipOf } from '#infra/bundling/zip.ts';
import { stageConfig } from '#infra/config.ts';
import { projectRoot } from '#infra/paths.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { builtBundles, textOf } from './support/built-bundles.ts';
import { productionSettings } from './support/production.ts';

let faulty: readonly Bundle[];
let clean: readonly Bundle[];
let folder: string;

beforeAll(async () => {
  faulty = builtBundles();
  clean = await bundleFunctions('no-faults');
  folder = mkdtempSync(join(tmpdir(), 'booking-bundles-'));
  // A build of all functions: seconds of work, many on a machine with other work to do.
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In any order, which a zip has by itself. */
const digestsOf = (files: Bundle['files']): string[] =>
  Object.entries(files)
    .map(([path, contents]) => `${path} ${createHash('sha256').update(contents).digest('hex')}`)
    .sort();

const named = (bundles: readonly Bundle[], name: string): Bundle => {
  const found = bundles.find(({ definition }) => definition.name === name);
  if (!found) throw new Error(`No bundle of ${name}`);
  return found;
};

/** A text that stands in `functions/shared/saga/fault-injection.ts` alone. */
const faultMarks = ['fails on purpose', 'CANCEL_FAILURE_RATE'];

describe('bundles', () => {
  it.each(faultMarks)(
    'without faults contain no trace of the injection ("%s"), with faults every step does',
    (mark) => {
      const withMark = (bundles: readonly Bundle[]): string[] =>
        bundles.filter((bundle) => textOf(bundle).includes(mark)).map(({ definition }) => definition.name);
      const steps = faulty
        .filter(({ definition }) => definition.role === 'step')
        .map(({ definition }) => definition.name);

      expect(withMark(faulty)).toEqual(expect.arrayContaining(steps));
      expect(withMark(clean)).toEqual([]);
    },
  );

  it('are picked by the stage', () => {
    expect(variantOf(stageConfig({ STAGE: 'local' }))).toBe('faults');
    expect(variantOf(stageConfig(productionSettings))).toBe('no-faults-stripe');
    expect(variantOf(stageConfig({ ...productionSettings, PAYMENT_PROVIDER: 'ledger' }))).toBe('no-faults');
    expect(variantOf(stageConfig({ STAGE: 'dev', PAYMENT_PROVIDER: 'stripe' }))).toBe('faults-stripe');
  });

  it('carry Stripe where the stage pays through it and the function moves money, and nowhere else', async () => {
    const paying = await bundleFunctions('faults-stripe');
    const withStripe = (bundles: readonly Bundle[]): string[] =>
      bundles.filter((bundle) => textOf(bundle).includes('api.stripe.com')).map(({ definition }) => definition.name);

    expect(withStripe(faulty)).toEqual([]);
    expect(withStripe(paying).sort()).toEqual(
      sagaFunctions
        .filter(({ needs }) => 'ledger' in needs)
        .map(({ name }) => name)
        .sort(),
    );
    const weights = paying.map(({ definition: { name, role }, gzippedBytes }) => ({ name, role, gzippedBytes }));
    expect(weigh(weights, { stripe: true }).tooHeavy).toEqual([]);
  }, 90_000);

  it('are the same to the byte when built again', async () => {
    const again = await bundleFunctions('faults');

    for (const [position, { definition, files }] of faulty.entries()) {
      expect([definition.name, digestsOf(again[position]?.files ?? {})]).toEqual([definition.name, digestsOf(files)]);
    }
    // One stands for all: a zip is made of its files alone.
    const [first, second] = [faulty, again].map((bundles) => zipOf(named(bundles, 'health').files));
    expect(Buffer.compare(first as Uint8Array, second as Uint8Array)).toBe(0);
  }, 90_000);

  it('know nothing of the machine that built them', () => {
    for (const bundle of faulty) expect(textOf(bundle).includes(projectRoot)).toBe(false);
  });

  it('keep to their budgets', () => {
    const weights = faulty.map(({ definition: { name, role }, gzippedBytes }) => ({ name, role, gzippedBytes }));

    expect(weigh(weights).tooHeavy).toEqual([]);
  });

  it('load, take credentials from the environment, and sign with them', () => {
    writeBundles('faults', [named(faulty, 'reserve-booking')], folder);
    const handler = join(folder, 'faults', 'reserve-booking', 'index.mjs');
    const input = {
      ...demoTrip,
      trip_id: 't1',
      execution_id: 't1.x',
      started_at: '2030-01-01T00:00:00.000Z',
      outbound_flight_id: 'f1',
      customer: 'c',
      payment_token: 'p',
      ...demoPrice,
    };
    const script = `
      import { createServer } from 'node:http';
      const server = createServer((request, response) => {
        process.stdout.write(request.headers.authorization + '|' + request.headers['x-amz-security-token']);
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
      }).listen(0, '127.0.0.1', async () => {
        process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:' + server.address().port;
        const { handler } = await import(${JSON.stringify(handler)});
        const input = ${JSON.stringify(input)};
        await handler(input, { awsRequestId: 'r', functionName: 'f' });
        server.close();
        server.closeAllConnections();
      });`;

    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKIDOFTHEROLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'token-of-the-role',
        TABLE_NAME: 'bookings',
        BOOKING_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:bookings',
        POWERTOOLS_SERVICE_NAME: 'booking',
        POWERTOOLS_METRICS_NAMESPACE: 'HolidayBooking/local',
      },
    });

    expect(printed).toMatch(/AWS4-HMAC-SHA256 Credential=AKIDOFTHEROLE\/.*\|token-of-the-role/);
  });
});
