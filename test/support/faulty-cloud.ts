import { fileURLToPath } from 'node:url';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Cloud, type CloudOptions, startCloud } from '#embedded/index.ts';
import { legs } from '#functions/legs.ts';
import { keys, unfinishedShardAttribute } from '#schema/table.ts';
import { demoMinorUnits } from '#test/support/demo-figures.ts';
import { localCloud } from '../../localstack/local-cloud.ts';
import { aPaidRun, chargeOf, ended, type Item, itemsOf, type PaidRun, seatsOf, startExecution } from './e2e/saga.ts';
import { connect, type Target } from './e2e/target.ts';

export const stackFile = fileURLToPath(
  new URL('../../cdktf.out/stacks/booking-saga-local/cdk.tf.json', import.meta.url),
);

/** The local cloud in this process, so that a test can reach between its parts. */
export interface FaultyCloud extends Target {
  readonly cloud: Cloud;
}

export async function openFaultyCloud(file = stackFile, more: Partial<CloudOptions> = {}): Promise<FaultyCloud> {
  const cloud = await startCloud({
    ...localCloud,
    stackFile: file,
    port: 0,
    awsPort: 0,
    retryScale: 0,
    schedules: false,
    queueRetryDelayMs: 50,
    // Faults are the point of these tests.
    warn: () => undefined,
    ...more,
  });
  await cloud.lambda.warm();
  const target = await connect(cloud.apiUrl, cloud.awsUrl, () => cloud.close());
  return { ...target, cloud };
}

/** `ReserveHotel` → its function's physical name. */
export function functionOf(state: string): string {
  return `booking-saga-local${state.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export type Trip = PaidRun;

export const seatsOfFlight = 5;

/** A trip of the test's own: its own flight, its own authorized charge. */
export const aTripOf = (target: Target, overrides: Item = {}): Promise<Trip> =>
  aPaidRun(target, seatsOfFlight, overrides);

export async function book(target: Target, trip: Trip) {
  const arn = await startExecution(target, trip.input.execution_id, trip.input);
  return { arn, ...(await ended(target, arn)) };
}

/** How a trip stands, in a form that one `toEqual` compares. */
export interface Standing {
  readonly header: unknown;
  readonly parts: readonly string[];
  readonly seats: number;
  readonly holds: number;
  /** Captured minus refunded, in cents. */
  readonly paid: number;
  /** Whether its final message is out. */
  readonly told: boolean;
}

export const undone: Standing = { header: 'CANCELLED', parts: [], seats: seatsOfFlight, holds: 0, paid: 0, told: true };
export const bookedWhole: Standing = {
  header: 'CONFIRMED',
  parts: [...legs.map(({ name }) => name.toUpperCase()), 'PAYMENT'].sort().map((part) => `${part} confirmed`),
  seats: seatsOfFlight - 1,
  holds: 1,
  paid: demoMinorUnits,
  told: true,
};

export async function standingOf(target: Target, { input, flightId }: Trip): Promise<Standing> {
  const items = await itemsOf(target, input.trip_id);
  const charge = await chargeOf(target, String(input.payment_token));
  const { capacity, holds } = await seatsOf(target, flightId);
  const header = items.find((item) => item.sk === 'BOOKING');
  return {
    header: header?.status,
    parts: items
      .filter((item) => item.sk !== 'BOOKING')
      .map((item) => `${String(item.sk).split('#')[0]} ${item.transaction_status}`)
      .sort(),
    seats: capacity,
    holds: holds.length,
    paid: Number(charge.captured_minor) - Number(charge.refunded_minor),
    told: header !== undefined && !(unfinishedShardAttribute in header),
  };
}

/** A lost connection, under an error name that no retrier has. */
export class ReplyLost extends Error {
  override readonly name = 'ReplyLost';
}

/** The run that a step is invoked for; its first one gets the run inside. */
export function runOf(payload: unknown): { execution_id?: string; action?: string; redrive_count?: number } {
  const { run, ...step } = (payload ?? {}) as { run?: object };
  return run ?? step;
}

/** Leaves the header as an older release would have, without its run's input. */
export async function forgetRunOf({ dynamodb, tableName }: FaultyCloud, tripId: string): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keys.booking(tripId),
      UpdateExpression: 'REMOVE #run',
      ExpressionAttributeNames: { '#run': 'run' },
    }),
  );
}

/** Takes a seat as the saga does, for an execution that may be none. */
export async function holdSeat({ dynamodb, tableName }: FaultyCloud, flightId: string, hold: string): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keys.flightInventory(flightId),
      UpdateExpression: 'SET seatCapacity = seatCapacity - :one ADD seatHolds :holds',
      ConditionExpression: 'seatCapacity > :zero AND NOT contains(seatHolds, :hold)',
      ExpressionAttributeValues: { ':one': 1, ':zero': 0, ':hold': hold, ':holds': new Set([hold]) },
    }),
  );
}

/** Makes the header look as if nothing had touched it for so long that the reconciler cares. */
export async function ageHeader({ cloud, tableName }: FaultyCloud, tripId: string): Promise<void> {
  await cloud.dynamodb.call(
    'UpdateItem',
    {
      TableName: tableName,
      Key: Object.fromEntries(Object.entries(keys.booking(tripId)).map(([name, value]) => [name, { S: value }])),
      UpdateExpression: 'SET updatedAt = :old',
      ExpressionAttributeValues: { ':old': { S: '2020-01-01T00:00:00.000Z' } },
    },
    { roleArn: undefined },
  );
}

/** Runs the reconciler now and lets everything that it starts come to its end. */
export async function reconcile({ cloud }: FaultyCloud): Promise<void> {
  await cloud.events.fire('booking-saga-local-reconcile');
  await cloud.stepFunctions.idle();
}

/** Audits all seat holds now. */
export async function auditSeats({ cloud }: FaultyCloud): Promise<void> {
  await cloud.events.fire('booking-saga-local-seat-audit');
}
