import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { OUTSIDE } from '#embedded/index.ts';
import type { EventBridgeEvent } from '#embedded/testing.ts';
import { keys, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';
import { api } from './e2e/api.ts';
import { type Customer, customerOf } from './e2e/customers.ts';
import { aTripId, ended, executionArn, put } from './e2e/saga.ts';
import {
  aTripOf,
  book,
  type FaultyCloud,
  functionOf,
  runOf,
  type Standing,
  standingOf,
  type Trip,
  undone,
} from './faulty-cloud.ts';
import { backwardFunctions, forwardFunctions } from './saga-paths.ts';

/** Seconds after which something that EventBridge and the redrive queue should have brought about counts as missing. */
export const missingAfterSeconds = 6;
/** Milliseconds after a refusal in which what was refused would have come about. */
export const refusalIsKnownAfter = 400;

/** When something was first refused, where waits are to end at that. */
let refusedAt: number | undefined;

/** Ends waits soon after the first refusal, of which `iam` tells, until what it returns is called. */
export function endWaitsAtRefusals({ onDecision }: FaultyCloud['cloud']['iam']): () => void {
  const stop = onDecision(({ granted }) => {
    if (!granted) refusedAt ??= Date.now();
  });
  return () => {
    stop();
    refusedAt = undefined;
  };
}

export class ScenarioFailed extends Error {}

export function expectEqual(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new ScenarioFailed(`${left} instead of ${right}`);
}

export async function soon<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const missing = new Promise<never>((_, reject) => {
    const since = Date.now();
    timer = setInterval(() => {
      const refused = refusedAt !== undefined && Date.now() - Math.max(refusedAt, since) > refusalIsKnownAfter;
      if (refused || Date.now() - since > missingAfterSeconds * 1000) reject(new ScenarioFailed(`${what} is missing`));
    }, 50);
  });
  try {
    return await Promise.race([promise, missing]);
  } finally {
    clearInterval(timer);
  }
}

/** Every function that ran since has to have left its log. */
export function expectLogs({ cloud }: FaultyCloud, states: readonly string[], since: number): void {
  for (const state of states) {
    const group = `/aws/lambda/${functionOf(state)}`;
    if (cloud.logs.lines({ group, since, limit: 1 }).length === 0) throw new ScenarioFailed(`${state} has no log`);
  }
}

export async function expectStanding(target: FaultyCloud, trip: Parameters<typeof standingOf>[1], expected: Standing) {
  expectEqual(await standingOf(target, trip), expected);
}

export const forward: readonly string[] = forwardFunctions;
export const backward: readonly string[] = backwardFunctions;

export async function stopRun(target: FaultyCloud, name: string): Promise<void> {
  await target.stepFunctions.send(new StopExecutionCommand({ executionArn: executionArn(target, name) }));
}

/** Stops `name` the moment that this state's function is asked for, before it does anything. */
export function stopBefore(target: FaultyCloud, state: string, name: string, executionId: string): () => void {
  return target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
    const { execution_id } = runOf(payload);
    if (functionName === functionOf(state) && execution_id === executionId) await stopRun(target, name);
    return proceed();
  });
}

/** Takes the permission to send to one queue away from the service that sends there; returns what gives it back. */
export function withoutSending({ cloud }: FaultyCloud, policyPrefix: string): () => void {
  const permission = cloud.iam.policies().find(({ policy }) => policy.startsWith(policyPrefix));
  if (permission === undefined) throw new Error(`The stack has no ${policyPrefix}…`);
  return cloud.iam.without(permission);
}

export function anEndedExecution(stateMachineArn: string): EventBridgeEvent {
  return {
    version: '0',
    id: aTripId(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: '000000000000',
    time: new Date().toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: { status: 'ABORTED', stateMachineArn },
  };
}

/** Expects one letter in one of the queues for what could not be delivered; others of before are thrown away. */
export async function expectOneLetter(
  { cloud }: FaultyCloud,
  queue: string,
  cause: () => Promise<unknown>,
): Promise<void> {
  const QueueUrl = `booking-saga-local-${queue}`;
  await cloud.sqs.call('PurgeQueue', { QueueUrl }, OUTSIDE);
  await cause();
  const { Messages = [] } = await cloud.sqs.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 }, OUTSIDE);
  expectEqual((Messages as unknown[]).length, 1);
}

/** A booking whose header an older release has opened, and whose execution is forgotten. */
export async function aLongBooked(
  target: FaultyCloud,
  customer: Customer,
): Promise<{ id: string; execution_id: string }> {
  const { input, flightId } = await aTripOf(target, { customer: customer.sub });
  const { trip_id: id, execution_id } = input;
  await put(target, {
    ...keys.booking(id),
    id,
    status: 'CONFIRMED',
    customer: customer.sub,
    outboundFlightId: flightId,
    paymentToken: input.payment_token,
    execution_id,
    startedAt: `${input.started_at}#${execution_id}`,
    createdAt: input.started_at,
    updatedAt: input.started_at,
  });
  return { id, execution_id };
}

export async function redriving(target: FaultyCloud): Promise<void> {
  const trip = await aTripOf(target);
  const id = trip.input.execution_id;
  const stop = stopBefore(target, 'TakePayment', id, id);
  try {
    await book(target, trip);
    await soon(ended(target, executionArn(target, `${id}.rr-1`)), 'the redrive');
  } finally {
    stop();
  }
  await expectStanding(target, trip, undone);
}

/** A trip whose id an older booking has, which is cancelled and on the list of the unfinished ones. */
export async function anUntoldCancellation(target: FaultyCloud): Promise<{ trip: Trip }> {
  const trip = await aTripOf(target);
  const { trip_id: id } = trip.input;
  const before = `${id}.before`;
  const at = '2026-01-01T00:00:00.000Z';
  await put(target, {
    ...keys.booking(id),
    id,
    status: 'CANCELLED',
    customer: trip.input.customer,
    outboundFlightId: trip.flightId,
    paymentToken: 'spent',
    execution_id: before,
    startedAt: `${at}#${before}`,
    createdAt: at,
    updatedAt: at,
    [unfinishedShardAttribute]: unfinishedShardOf(id),
  });
  return { trip };
}

export type Scenario = (target: FaultyCloud) => Promise<void>;

export async function keepingTheRecordOf(target: FaultyCloud, state: string, run: Scenario): Promise<void> {
  const stop = target.cloud.lambda.intercept(({ functionName, proceed }) => {
    if (functionName === functionOf(state)) throw new Error('fails on purpose');
    return proceed();
  });
  try {
    await expectOneLetter(target, 'failed-invocations', () => run(target));
  } finally {
    stop();
  }
}

export const flightsFromGatwick = async (target: FaultyCloud, query: string) =>
  api(target, await customerOf(target, 'flights'), `/flights?departureAirportCode=LGW${query}`);
