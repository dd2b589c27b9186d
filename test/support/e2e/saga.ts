import { randomBytes, randomUUID } from 'node:crypto';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  paginateGetExecutionHistory,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import { executionArnOf } from '#schema/execution-names.ts';
import { departureScheduleSortKey, keys, type SeatAudit, seatAuditAttribute } from '#schema/table.ts';
import { demoMinorUnits } from '#test/support/demo-figures.ts';
import type { Target } from './target.ts';
import { until } from './until.ts';

export type Item = Record<string, unknown>;

export interface DemoAnswer {
  readonly status: number;
  readonly message: string;
  readonly executionArn: string;
  readonly executionId: string;
  /** Parameters that mean nothing to the demo; absent where there are none. */
  readonly ignored?: readonly string[];
}

export const aTripId = (): string => randomUUID();

/** Calls the demo route as `curl` would. */
export async function startDemo(target: Target, query: Record<string, string>, path = '/'): Promise<DemoAnswer> {
  const response = await fetch(`${target.apiUrl}${path}?${new URLSearchParams(query)}`);
  return { status: response.status, ...((await response.json()) as Omit<DemoAnswer, 'status'>) };
}

/** Input of a booking run of the example's trip, for starting the machine without the API. */
export function aBookingRun(overrides: Item = {}): Item & { trip_id: string; execution_id: string } {
  const trip_id = String(overrides.trip_id ?? aTripId());
  const execution_id = `${trip_id}.${randomBytes(6).toString('hex')}`;
  return {
    trip_id,
    ...demoTrip,
    execution_id,
    started_at: new Date().toISOString(),
    outbound_flight_id: demoFlightId,
    customer: 'e2e',
    payment_token: `token-${execution_id}`,
    ...demoPrice,
    ...overrides,
  };
}

export async function startExecution(target: Target, name: string, input: Item): Promise<string> {
  const { stateMachineArn } = target;
  const started = await target.stepFunctions.send(
    new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
  );
  return started.executionArn ?? '';
}

/** Waits until the execution has ended; one that is not there yet (a redrive to come) is waited for, too. */
export function ended(target: Target, executionArn: string): Promise<DescribeExecutionCommandOutput> {
  return until(async () => {
    try {
      const execution = await target.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      return execution.status === 'RUNNING' ? undefined : execution;
    } catch (error) {
      if ((error as Error).name === 'ExecutionDoesNotExist') return undefined;
      throw error;
    }
  });
}

/** ARN of another execution of the machine. */
export const executionArn = ({ stateMachineArn }: Pick<Target, 'stateMachineArn'>, name: string): string =>
  executionArnOf(stateMachineArn, name);

export async function statesOf(target: Target, arn: string): Promise<string[]> {
  const states = [];
  const pages = paginateGetExecutionHistory({ client: target.stepFunctions }, { executionArn: arn });
  for await (const page of pages) {
    for (const event of page.events ?? []) states.push(event.stateEnteredEventDetails?.name);
  }
  return states.filter((name) => name !== undefined);
}

/** The trip's items by sort key, header included. */
export async function itemsOf(target: Target, tripId: string): Promise<Item[]> {
  const { Items = [] } = await target.dynamodb.send(
    new QueryCommand({
      TableName: target.tableName,
      KeyConditionExpression: 'pk = :trip',
      ExpressionAttributeValues: { ':trip': tripId },
      ConsistentRead: true,
    }),
  );
  return Items;
}

export async function headerOf(target: Target, tripId: string): Promise<Item | undefined> {
  return (await itemsOf(target, tripId)).find((item) => item.sk === 'BOOKING');
}

/** The item at a key, empty where there is none. */
export async function itemAt(target: Target, Key: { pk: string; sk: string }): Promise<Item> {
  const { Item } = await target.dynamodb.send(
    new GetCommand({ TableName: target.tableName, Key, ConsistentRead: true }),
  );
  return Item ?? {};
}

export interface Seats {
  readonly capacity: number;
  readonly holds: readonly string[];
}

export async function seatsOf(target: Target, flightId: string): Promise<Seats> {
  const item = await itemAt(target, keys.flightInventory(flightId));
  return { capacity: Number(item.seatCapacity), holds: [...((item.seatHolds as Set<string> | undefined) ?? [])] };
}

export const chargeOf = (target: Target, token: string): Promise<Item> => itemAt(target, keys.charge(token));

export async function put(target: Target, item: Item): Promise<void> {
  await target.dynamodb.send(new PutCommand({ TableName: target.tableName, Item: item }));
}

/** A flight of the test's own, so that no other test takes its seats. */
export async function aFlight(target: Target, seatCapacity: number): Promise<string> {
  const id = `e2e-${randomUUID()}`;
  await put(target, {
    ...keys.flightInventory(id),
    id,
    departureAirportCode: 'E2E',
    [departureScheduleSortKey]: `E2E#${id}`,
    ticketPrice: 100,
    ticketCurrency: 'USD',
    seatCapacity,
    [seatAuditAttribute]: 'always' satisfies SeatAudit,
  });
  return id;
}

/** Authorizes a charge of the customer's, which a booking run may capture. */
export async function authorizeCharge(
  target: Target,
  token: string,
  customer: string,
  amountMinor = demoMinorUnits,
): Promise<void> {
  const ledger = ledgerGateway(target.table);
  await ledger.authorize({ requestId: token, cardToken: 'tok_visa', customer }, { amountMinor, currency: 'USD' });
}

/** Authorizes the charge that the run pays with. */
export const authorizeRun = (target: Target, run: Item, amountMinor?: number): Promise<void> =>
  authorizeCharge(target, String(run.payment_token), String(run.customer), amountMinor);

export interface PaidRun {
  readonly input: Item & { trip_id: string; execution_id: string };
  readonly flightId: string;
}

/** A booking run with a flight and an authorized charge of its own. */
export async function aPaidRun(target: Target, seatCapacity: number, overrides: Item = {}): Promise<PaidRun> {
  const flightId = await aFlight(target, seatCapacity);
  const input = aBookingRun({ outbound_flight_id: flightId, ...overrides });
  await authorizeRun(target, input);
  return { input, flightId };
}

/** Takes everything out of the dead-letter queue. */
export async function takeDeadLetters(target: Target): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  const QueueUrl = target.deadLetterQueueUrl;
  for (;;) {
    const { Messages = [] } = await target.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return letters;
    for (const { Body = '', ReceiptHandle } of Messages) {
      letters.push(JSON.parse(Body) as DeadLetter);
      await target.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

/** The dead letters of one trip; those of other trips, which a run before may have left late, are thrown away. */
export async function deadLettersOf(target: Target, tripId: string): Promise<DeadLetter[]> {
  return (await takeDeadLetters(target)).filter(({ trip_id }) => trip_id === tripId);
}
