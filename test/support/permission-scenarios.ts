import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { OUTSIDE } from '#embedded/index.ts';
import type { EventBridgeEvent } from '#embedded/testing.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { keys, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';
import { bookedItems, demoPoints } from '#test/support/demo-figures.ts';
import * as operations from './e2e/amplify-operations.ts';
import { aConfirmedBooking, api, bookingAt } from './e2e/api.ts';
import { type Customer, customerOf } from './e2e/customers.ts';
import { aFlightInput, aGraphQlBooking, graphQlBookingAt, graphQlData } from './e2e/graphql.ts';
import { loyaltyOf } from './e2e/loyalty.ts';
import {
  aTripId,
  chargeOf,
  ended,
  executionArn,
  headerOf,
  itemsOf,
  put,
  startDemo,
  startExecution,
  takeDeadLetters,
  until,
} from './e2e/saga.ts';
import {
  ageHeader,
  aTripOf,
  auditSeats,
  book,
  bookedWhole,
  type FaultyCloud,
  forgetRunOf,
  functionOf,
  holdSeat,
  reconcile,
  runOf,
  type Standing,
  standingOf,
  type Trip,
  undone,
} from './faulty-cloud.ts';
import { backwardFunctions, forwardFunctions } from './saga-paths.ts';

/** Seconds after which something that EventBridge and the redrive queue should have brought about counts as missing. */
const missingAfterSeconds = 6;
/** Milliseconds after a refusal in which what was refused would have come about. */
const refusalIsKnownAfter = 400;

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

class ScenarioFailed extends Error {}

function expectEqual(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new ScenarioFailed(`${left} instead of ${right}`);
}

async function soon<Value>(promise: Promise<Value>, what: string): Promise<Value> {
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
function expectLogs({ cloud }: FaultyCloud, states: readonly string[], since: number): void {
  for (const state of states) {
    const group = `/aws/lambda/${functionOf(state)}`;
    if (cloud.logs.lines({ group, since, limit: 1 }).length === 0) throw new ScenarioFailed(`${state} has no log`);
  }
}

async function expectStanding(target: FaultyCloud, trip: Parameters<typeof standingOf>[1], expected: Standing) {
  expectEqual(await standingOf(target, trip), expected);
}

const forward: readonly string[] = forwardFunctions;
const backward: readonly string[] = backwardFunctions;

async function stopRun(target: FaultyCloud, name: string): Promise<void> {
  await target.stepFunctions.send(new StopExecutionCommand({ executionArn: executionArn(target, name) }));
}

/** Stops `name` the moment that this state's function is asked for, before it does anything. */
function stopBefore(target: FaultyCloud, state: string, name: string, executionId: string): () => void {
  return target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
    const { execution_id } = runOf(payload);
    if (functionName === functionOf(state) && execution_id === executionId) await stopRun(target, name);
    return proceed();
  });
}

/** Takes the permission to send to one queue away from the service that sends there; returns what gives it back. */
function withoutSending({ cloud }: FaultyCloud, policyPrefix: string): () => void {
  const permission = cloud.iam.policies().find(({ policy }) => policy.startsWith(policyPrefix));
  if (permission === undefined) throw new Error(`The stack has no ${policyPrefix}…`);
  return cloud.iam.without(permission);
}

function anEndedExecution(stateMachineArn: string): EventBridgeEvent {
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
async function expectOneLetter({ cloud }: FaultyCloud, queue: string, cause: () => Promise<unknown>): Promise<void> {
  const QueueUrl = `booking-saga-local-${queue}`;
  await cloud.sqs.call('PurgeQueue', { QueueUrl }, OUTSIDE);
  await cause();
  const { Messages = [] } = await cloud.sqs.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 }, OUTSIDE);
  expectEqual((Messages as unknown[]).length, 1);
}

/** A booking whose header an older release has opened, and whose execution is forgotten. */
async function aLongBooked(target: FaultyCloud, customer: Customer): Promise<{ id: string; execution_id: string }> {
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

async function redriving(target: FaultyCloud): Promise<void> {
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
async function anUntoldCancellation(target: FaultyCloud): Promise<{ trip: Trip }> {
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

type Scenario = (target: FaultyCloud) => Promise<void>;

async function keepingTheRecordOf(target: FaultyCloud, state: string, run: Scenario): Promise<void> {
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

const flightsFromGatwick = async (target: FaultyCloud, query: string) =>
  api(target, await customerOf(target, 'flights'), `/flights?departureAirportCode=LGW${query}`);

/** What the service has to be able to do; each throws where it can't. */
export const scenarios = {
  health: async ({ apiUrl, cloud }) => {
    const since = Date.now();
    expectEqual((await fetch(`${apiUrl}/health`)).status, 200);
    expectLogs({ cloud } as FaultyCloud, ['Health'], since);
  },

  booking: async (target) => {
    const since = Date.now();
    const tripId = aTripId();
    const { status, executionArn: arn } = await startDemo(target, { tripID: tripId });
    expectEqual(status, 200);
    expectEqual((await ended(target, arn)).status, 'SUCCEEDED');
    expectEqual((await itemsOf(target, tripId)).length, bookedItems);
    expectEqual((await takeDeadLetters(target)).length, 0);
    expectLogs(target, [...forward, 'NotifyBookingConfirmed', 'StartBooking'], since);
  },

  undoing: async (target) => {
    const since = Date.now();
    const trip = await aTripOf(target, { run_type: 'failBookingConfirmation' });
    expectEqual((await book(target, trip)).error, 'BookingFailed');
    await expectStanding(target, trip, undone);
    expectEqual((await takeDeadLetters(target)).length, 0);
    expectLogs(target, backward, since);
  },

  document: async ({ apiUrl, cloud }) => {
    const since = Date.now();
    expectEqual((await fetch(`${apiUrl}/openapi.json`)).status, 200);
    expectLogs({ cloud } as FaultyCloud, ['Openapi'], since);
  },

  /** Whatever a customer asks of bookings. */
  customer: async (target) => {
    const since = Date.now();
    const customer = await customerOf(target, `customer-${aTripId()}`);
    const id = await aConfirmedBooking(target, customer);
    expectEqual((await api(target, customer, '/bookings?limit=1')).status, 200);
    expectEqual((await api(target, customer, `/bookings/${id}/history`)).status, 200);
    const cancelling = await api(target, customer, `/bookings/${id}`, { method: 'DELETE' });
    expectEqual(cancelling.status, 202);
    await bookingAt(target, customer, id, 'CANCELLED');
    expectLogs(target, ['Bookings'], since);
  },

  flights: async (target) => {
    const since = Date.now();
    expectEqual((await flightsFromGatwick(target, '&arrivalAirportCode=DUB&limit=1')).status, 200);
    expectLogs(target, ['Flights'], since);
  },

  /** Whatever a front-end asks of GraphQL. */
  graphql: async (target) => {
    const since = Date.now();
    const customer = await customerOf(target, `graphql-${aTripId()}`);
    const admin = await customerOf(target, 'graphql', { admin: true });
    const ask = (who: Customer, query: string, variables: Record<string, unknown> = {}) =>
      graphQlData(target, who, query, variables);
    const { id: flightId } = await ask(admin, operations.createFlight, { input: aFlightInput() });
    await ask(admin, operations.updateFlight, { input: { id: flightId, seatCapacity: 2 } });
    await ask(admin, operations.deleteFlight, { input: { id: flightId } });
    const { id } = await aGraphQlBooking(target, customer);
    await ask(customer, operations.updateBooking, { input: { id, checkedIn: true } });
    await ask(customer, operations.getBookingByStatus, { customer: customer.sub });
    await ask(customer, operations.getFlightBySchedule, { departureAirportCode: 'LGW', limit: 1 });
    await ask(admin, operations.listBookings, { limit: 1 });
    await ask(admin, operations.listFlights, { limit: 1 });
    await ask(customer, operations.getLoyalty);
    await ask(customer, operations.cancelBooking, { input: { id } });
    await graphQlBookingAt(target, customer, String(id), 'CANCELLED');
    expectLogs(target, ['Graphql'], since);
  },

  /** Step Functions forgets executions after 90 days, and holidays are booked before. */
  'cancelling what is long booked': async (target) => {
    const customer = await customerOf(target, 'customer');
    const { id, execution_id } = await aLongBooked(target, customer);
    expectEqual((await api(target, customer, `/bookings/${id}`, { method: 'DELETE' })).status, 202);
    await soon(ended(target, executionArn(target, `${execution_id}.cancel`)), 'the cancel run');
    await bookingAt(target, customer, id, 'CANCELLED');
  },

  'cancelling what is long booked through GraphQL': async (target) => {
    const customer = await customerOf(target, 'customer');
    const { id, execution_id } = await aLongBooked(target, customer);
    await graphQlData(target, customer, operations.cancelBooking, { input: { id } });
    await soon(ended(target, executionArn(target, `${execution_id}.cancel`)), 'the cancel run');
    await bookingAt(target, customer, id, 'CANCELLED');
  },

  'a flight that does not exist': async (target) => {
    const trip = await aTripOf(target);
    const input = { ...trip.input, outbound_flight_id: 'no-such-flight' };
    expectEqual((await book(target, { ...trip, input })).error, 'BookingFailed');
    const header = await headerOf(target, input.trip_id);
    expectEqual(
      header?.failureReason,
      'ReserveSeat failed: DynamoDB.ConditionalCheckFailedException: there is no such flight',
    );
  },

  /** A redrive of a run that was stopped before its first step. */
  'undoing what was never opened': async (target) => {
    const { input } = await aTripOf(target);
    const cancel = cancelRunInput(input, 'redrive', 1);
    const run = await ended(target, await startExecution(target, `${input.execution_id}.rr-1`, cancel));
    expectEqual(run.status, 'SUCCEEDED');
    expectEqual((await headerOf(target, input.trip_id))?.status, 'CANCELLED');
  },

  /** The cancelled booking's own run was stopped before it told, and its event is lost. */
  'booking in the place of what was never told': async (target) => {
    const { trip } = await anUntoldCancellation(target);
    expectEqual((await book(target, trip)).status, 'SUCCEEDED');
  },

  'a tombstone in the place of what was never told': async (target) => {
    const { trip } = await anUntoldCancellation(target);
    const cancel = cancelRunInput(trip.input, 'redrive', 1);
    const run = await ended(target, await startExecution(target, `${trip.input.execution_id}.rr-1`, cancel));
    expectEqual(run.status, 'SUCCEEDED');
    expectEqual((await headerOf(target, trip.input.trip_id))?.execution_id, trip.input.execution_id);
  },

  'voiding a late charge': async (target) => {
    const trip = await aTripOf(target, { run_type: 'failPayment' });
    expectEqual((await book(target, trip)).error, 'BookingFailed');
    await expectStanding(target, trip, undone);
  },

  'dead letter': async (target) => {
    const trip = await aTripOf(target, { run_type: 'failPayment', cancel_failure_rate: 1 });
    expectEqual((await book(target, trip)).error, 'CompensationFailed');
    expectEqual(
      (await takeDeadLetters(target)).map((letter) => letter.kind),
      ['compensation'],
    );
  },

  charges: async (target) => {
    const since = Date.now();
    const { status, body } = await api(target, await customerOf(target, 'payer'), '/payments/charges', {
      method: 'POST',
      headers: { 'idempotency-key': aTripId() },
      body: { amount: 1, currency: 'USD', stripeToken: 'tok_visa' },
    });
    expectEqual(status, 200);
    expectEqual((await chargeOf(target, body.createdCharge.id)).charge_status, 'authorized');
    expectLogs(target, ['CreateCharge'], since);
  },

  loyalty: async (target) => {
    const since = Date.now();
    const customer = await customerOf(target, aTripId());
    const pointsBecome = (points: number) =>
      soon(
        until(async () => {
          const account = await loyaltyOf(target, customer);
          if (account.status !== 200) throw new ScenarioFailed(`GET /loyalty: ${account.status}`);
          return account.points === points || undefined;
        }),
        `an account of ${points} points`,
      );
    const trip = await aTripOf(target, { customer: customer.sub });
    await book(target, trip);
    await pointsBecome(demoPoints);
    const input = cancelRunInput(trip.input, 'customer');
    await ended(target, await startExecution(target, `${trip.input.execution_id}.cancel`, input));
    await pointsBecome(0);
    expectLogs(target, ['GetLoyalty', 'CreditLoyalty'], since);
  },

  'telling again': async (target) => {
    const customer = await customerOf(target, aTripId());
    const trip = await aTripOf(target, { customer: customer.sub, run_type: 'failNotification' });
    await book(target, trip);
    const [letter] = await takeDeadLetters(target);
    expectEqual(letter?.kind, 'notification');
    const MessageBody = JSON.stringify(letter);
    await target.sqs.send(new SendMessageCommand({ QueueUrl: target.redriveQueueUrl, MessageBody }));
    const points = until(async () => (await loyaltyOf(target, customer)).points === demoPoints || undefined);
    await soon(points, `an account of ${demoPoints} points`);
    const finished = until(async () => {
      const header = await headerOf(target, trip.input.trip_id);
      return header !== undefined && !(unfinishedShardAttribute in header) ? true : undefined;
    });
    await soon(finished, 'the end of an unfinished booking');
  },

  redrive: async (target) => {
    const since = Date.now();
    await redriving(target);
    expectLogs(target, ['RedriveBooking'], since);
  },

  'redriving what its event does not tell': async (target) => {
    const cut = target.cloud.events.intercept((event) => [
      { ...event, detail: { ...(event.detail as object), input: null, inputDetails: { included: false } } },
    ]);
    try {
      await redriving(target);
    } finally {
      cut();
    }
  },

  'giving up': async (target) => {
    const trip = await aTripOf(target);
    const id = trip.input.execution_id;
    const last = `${id}.rr-5`;
    const stop = stopBefore(target, 'CancelBooking', last, id);
    const input = { ...trip.input, action: 'cancel', cause: 'redrive', redrive_count: 5 };
    await ended(target, await startExecution(target, last, input));
    stop();
    const letters = async (): Promise<string[]> => {
      for (;;) {
        const found = await takeDeadLetters(target);
        if (found.length > 0) return found.map((letter) => `${letter.kind} ${letter.execution_id}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    };
    expectEqual(await soon(letters(), 'the dead letter'), [`redrive ${id}`]);
  },

  'keeping an event that could not be delivered': async (target) => {
    const { cloud, stateMachineArn } = target;
    const restore = withoutSending(target, 'aws_sqs_queue_policy.Redrive_');
    try {
      await expectOneLetter(target, 'undelivered-events', () => cloud.events.put(anEndedExecution(stateMachineArn)));
    } finally {
      restore();
    }
  },

  'keeping a message that could not be delivered': async (target) => {
    const publish = new PublishCommand({ TopicArn: target.bookingTopicArn, Message: '{}' });
    const restore = withoutSending(target, 'aws_sqs_queue_policy.Loyalty_');
    try {
      await expectOneLetter(target, 'undelivered-messages', () => target.sns.send(publish));
    } finally {
      restore();
    }
  },

  'keeping the record of a failed run': (target) => keepingTheRecordOf(target, 'ReconcileBookings', reconcile),
  'keeping the record of a failed audit': (target) => keepingTheRecordOf(target, 'AuditSeatHolds', auditSeats),

  reconciling: async (target) => {
    const since = Date.now();
    const lost = target.cloud.events.intercept((event) => (event.source === 'aws.states' ? [] : [event]));
    const stuck = [await aTripOf(target), await aTripOf(target)] as const;
    for (const trip of stuck) {
      const { trip_id, execution_id: id } = trip.input;
      const stop = stopBefore(target, 'ConfirmHotelBooking', id, id);
      await book(target, trip);
      stop();
      await ageHeader(target, trip_id);
    }
    await forgetRunOf(target, stuck[1].input.trip_id);
    const booked = await aTripOf(target);
    await book(target, booked);
    try {
      await reconcile(target);
    } finally {
      lost();
    }
    for (const trip of stuck) await expectStanding(target, trip, undone);
    await expectStanding(target, booked, bookedWhole);
    expectLogs(target, ['ReconcileBookings'], since);
  },

  'auditing seats': async (target) => {
    const since = Date.now();
    await target.dynamodb.send(new DeleteCommand({ TableName: target.tableName, Key: keys.seatAudit() }));
    const orphaned = await aTripOf(target);
    await holdSeat(target, orphaned.flightId, orphaned.input.execution_id);
    const booked = await aTripOf(target);
    await book(target, booked);
    await auditSeats(target);
    await expectStanding(target, booked, bookedWhole);
    const { seats, holds } = await standingOf(target, orphaned);
    expectEqual([seats, holds], [undone.seats, undone.holds]);
    expectLogs(target, ['AuditSeatHolds'], since);
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

/** The scenarios that need a policy, told by the name of the construct that it belongs to. */
export function scenariosFor(policy: string, action: string): readonly ScenarioName[] {
  const construct = /\.([A-Za-z]+)_/.exec(policy)?.[1] ?? '';
  if (policy.includes('HttpApi_Health') || construct === 'Health') return ['health'];
  if (construct === 'UndeliveredEvents') return ['keeping an event that could not be delivered'];
  if (construct === 'UndeliveredMessages') return ['keeping a message that could not be delivered'];
  if (policy.includes('Loyalty')) return ['loyalty'];
  if (policy.includes('CreateCharge')) return ['charges'];
  if (policy.includes('HttpApi_Openapi') || construct === 'Openapi') return ['document'];
  if (policy.includes('HttpApi_Bookings') || construct === 'Bookings') {
    return ['customer', 'cancelling what is long booked'];
  }
  if (policy.includes('HttpApi_Flights') || construct === 'Flights') return ['flights'];
  if (policy.includes('HttpApi_Graphql') || construct === 'Graphql') {
    return ['graphql', 'cancelling what is long booked through GraphQL'];
  }
  const tells = action === 'sns:Publish' || action.startsWith('dynamodb:');
  if (construct === 'RedriveBooking' && tells) return ['telling again'];
  if (construct === 'ReserveBooking' && action === 'sns:Publish')
    return ['booking in the place of what was never told'];
  if (construct === 'CancelBooking' && action === 'sns:Publish')
    return ['a tombstone in the place of what was never told'];
  if (construct === 'CancelBooking' && action === 'dynamodb:GetItem') return ['a flight that does not exist'];
  if (construct === 'CancelBooking' && action === 'dynamodb:PutItem') return ['undoing what was never opened'];
  if (action === 'states:DescribeExecution' && construct === 'RedriveBooking') {
    return ['redriving what its event does not tell'];
  }
  if (construct === 'RedriveBooking' || construct === 'Redrive') return ['redrive', 'giving up'];
  if (construct === 'ReconcileBookings' && action === 'sqs:SendMessage') return ['keeping the record of a failed run'];
  if (construct === 'ReconcileBookings' || construct === 'Reconciler') return ['reconciling'];
  if (construct === 'AuditSeatHolds' && action === 'sqs:SendMessage') return ['keeping the record of a failed audit'];
  if (construct === 'AuditSeatHolds' || construct === 'SeatAudit') return ['auditing seats'];
  if (construct === 'ProcessBooking') return action === 'sqs:SendMessage' ? ['dead letter'] : ['booking'];
  if (backward.includes(construct)) return ['undoing', 'voiding a late charge'];
  return ['booking'];
}
