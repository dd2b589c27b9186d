import '#test/support/lambda-environment.ts';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { unfinishedShardAttribute } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { asTableOfFunctions } from '#test/support/functions-table.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';

Object.assign(process.env, {
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:saga',
  RECONCILE_AGE_SECONDS: '3600',
});
const { handler: reconcileBookings } = await import('#functions/booking/reconciling/reconcile-bookings.ts');
const { handler: auditSeatHolds } = await import('#functions/booking/auditing/audit-seat-holds.ts');

const table = openSuite(openBookingTable);

const output = outputOfEachTest();
beforeEach(() => {
  asTableOfFunctions(table);
});
afterEach(() => {
  jest.restoreAllMocks();
  table.intercept(undefined);
});

const aLongRun = aContext({ getRemainingTimeInMillis: () => 300_000 });

describe('the reconciler', () => {
  it('starts the redrive of a booking from its header, and counts the stuck bookings', async () => {
    const trip = aTrip();
    await dynamoDbHeaderStore(table.table).open(headerOf(trip), '2020-01-01T10:00:00.000Z');
    const starts = jest.spyOn(SFNClient.prototype, 'send').mockImplementation(async () => ({ executionArn: 'arn' }));
    await expect(reconcileBookings({}, aLongRun)).resolves.toEqual({ stuckBookings: 1, redriven: 1, left: 0 });
    const [[start] = []] = starts.mock.calls as unknown as [{ input: { name: string; input: string } }][];
    expect(start?.input.name).toBe(`${trip.execution_id}.rr-1`);
    expect(JSON.parse(start?.input.input ?? '')).toEqual(cancelRunInput(trip, 'redrive', 1));
    expect(output.linesWith('StuckBookings')).toMatchObject([{ StuckBookings: 1, ReconcilerRuns: 1 }]);
  });

  it('sends its metrics before it reads the first header, so that a stopped run has sent them, too', async () => {
    let toldBy: string[] = [];
    table.intercept(async (operation, input, call) => {
      if (operation === 'GetItem') toldBy = output.metricNames();
      return call(operation, input);
    });
    jest.spyOn(SFNClient.prototype, 'send').mockImplementation(async () => ({ executionArn: 'arn' }));
    await reconcileBookings({}, aLongRun);
    expect(toldBy).toEqual(expect.arrayContaining(['StuckBookings', 'ReconcilerRuns']));
  });

  it('fails, heartbeat and all, where the index cannot be read', async () => {
    table.intercept((operation, input, call) => {
      if (JSON.stringify(input).includes(unfinishedShardAttribute)) throw new Error('no index');
      return call(operation, input);
    });
    await expect(reconcileBookings({}, aLongRun)).rejects.toThrow('no index');
    expect(output.metricNames()).not.toContain('ReconcilerRuns');
  });
});

describe('the audit of seat holds', () => {
  it('reports the audited flights and holds', async () => {
    await expect(auditSeatHolds({}, aLongRun)).resolves.toEqual({ flights: 0, holds: 0, released: 0, finished: true });
    const [line] = output.linesWith('SeatAuditAgeSeconds') as { _aws: object }[];
    expect(line).toMatchObject({
      AuditedFlights: 0,
      AuditedSeatHolds: 0,
      ReleasedSeatHolds: 0,
      SeatAuditAgeSeconds: 0,
    });
    expect(JSON.stringify(line?._aws)).toContain('{"Name":"SeatAuditAgeSeconds","Unit":"Seconds"}');
  });
});
