import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoFlights } from '#schema/demo-flights.ts';
import { demoCustomer, demoFlightId } from '#schema/demo-request.ts';
import { keys } from '#schema/table.ts';
import {
  aBookingRun,
  aFlight,
  authorizeRun,
  ended,
  headerOf,
  itemAt,
  seatsOf,
  startExecution,
} from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';
import { until } from '#test/support/e2e/until.ts';
import { aNewFlight } from '#test/support/flights.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'flights-'));
let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await target.close();
});

/** `npm run flights` with these words, against the target of the tests. */
async function flights(...words: string[]): Promise<{ code: number; output: string }> {
  const { AWS_ENDPOINT_URL: _, ...env } = process.env;
  const command = ['localstack/flights/main.ts', ...words, '--target', target.awsUrl];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      cwd: projectRoot,
      env: { ...env, NODE_OPTIONS: '' },
    });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

function aFile(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

async function bookAs(customer: string, flightId: string): Promise<{ tripId: string; status: string | undefined }> {
  const run = aBookingRun({ outbound_flight_id: flightId, customer });
  await authorizeRun(target, run);
  const { status } = await ended(target, await startExecution(target, run.execution_id, run));
  return { tripId: run.trip_id, status };
}

describe("the stack's own flights", () => {
  it('are there without a command, so that a fresh deployment books', async () => {
    for (const { id, flightNumber } of demoFlights) {
      expect(await itemAt(target, keys.flightInventory(id))).toMatchObject({ id, flightNumber, seatAudit: 'always' });
    }
    expect((await bookAs(demoCustomer, demoFlightId)).status).toBe('SUCCEEDED');
  });
});

describe('npm run flights -- import', () => {
  it('given flights of my own, when imported twice, then they are in the catalog once and keep their seats', async () => {
    const [one, two] = [aNewFlight({ seatCapacity: 3 }), aNewFlight()];
    const first = await flights('import', aFile('mine.json', [one]));
    expect(first).toEqual({ code: 0, output: expect.stringMatching(new RegExp(`^New in .*: ${one.id}\n$`)) });
    expect((await bookAs('alice', one.id)).status).toBe('SUCCEEDED');

    const again = await flights('import', aFile('more.json', [one, two]));

    expect(again.output).toMatch(new RegExp(`^New in .*: ${two.id}\n.*left as they are: ${one.id}\n$`));
    expect(await seatsOf(target, one.id)).toMatchObject({ capacity: 2, holds: [expect.any(String)] });
    expect(await itemAt(target, keys.flightInventory(two.id))).toMatchObject({
      ...two,
      createdAt: expect.any(String),
      revision: expect.any(String),
      seatAudit: 'departing',
    });
  });

  it('given one flight that is wrong, then it says where and imports none', async () => {
    const good = aNewFlight();
    const file = aFile('wrong.json', [good, aNewFlight({ seatCapacity: 1_001 })]);
    const { code, output } = await flights('import', file);

    expect([code, output]).toEqual([1, expect.stringMatching(/flight 2 .*"seatCapacity" must be at most 1000/)]);
    expect(await itemAt(target, keys.flightInventory(good.id))).toEqual({});
  });

  it("given the demo's flight, then it is refused", async () => {
    const { code, output } = await flights('import', aFile('demo.json', [aNewFlight({ id: demoFlightId })]));
    expect([code, output]).toEqual([1, expect.stringContaining("is the demo's, and comes with the stack")]);
  });
});

describe('npm run flights -- restock', () => {
  it('given a flight that the demo has sold out, when restocked, then its bookings are cancelled and it sells again', async () => {
    const flightId = await aFlight(target, 3);
    const demo = [await bookAs(demoCustomer, flightId), await bookAs(demoCustomer, flightId)];
    const other = await bookAs('another customer', flightId);
    expect((await bookAs(demoCustomer, flightId)).status).toBe('FAILED');

    const { code, output } = await flights('restock', flightId);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining(`Bookings of ${flightId} that are being cancelled: 2.`),
    ]);

    for (const { tripId } of demo) {
      await until(async () => ((await headerOf(target, tripId))?.status === 'CANCELLED' ? true : undefined));
    }
    expect(await headerOf(target, other.tripId)).toMatchObject({ status: 'CONFIRMED' });
    expect(await seatsOf(target, flightId)).toMatchObject({ capacity: 2, holds: [expect.any(String)] });
    expect((await bookAs(demoCustomer, flightId)).status).toBe('SUCCEEDED');
  });

  it('given a flight without bookings of the demo, then it prints that there is nothing to cancel', async () => {
    const { code, output } = await flights('restock', await aFlight(target, 1));
    expect([code, output]).toEqual([0, expect.stringContaining('nothing is cancelled')]);
  });

  it('given a flight that is not there, then it fails and says so', async () => {
    const { code, output } = await flights('restock', 'nosuch');
    expect([code, output]).toEqual([1, expect.stringMatching(/has no flight "nosuch".*GET \/flights/s)]);
  });
});

it('given unknown arguments, then it prints its usage', async () => {
  const { code, output } = await flights('sell', 'f1');
  expect([code, output]).toEqual([2, expect.stringContaining('npm run flights -- restock ID')]);
});
