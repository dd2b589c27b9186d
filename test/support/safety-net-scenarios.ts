import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { cancelRunInput } from '#schema/saga-input.ts';
import { keys, unfinishedShardAttribute } from '#schema/table.ts';
import { demoPoints } from '#test/support/demo-figures.ts';
import { api } from './e2e/api.ts';
import { customerOf } from './e2e/customers.ts';
import { loyaltyOf } from './e2e/loyalty.ts';
import { aTripId, chargeOf, deadLettersOf, ended, headerOf, startExecution } from './e2e/saga.ts';
import { until } from './e2e/until.ts';
import {
  ageHeader,
  aTripOf,
  auditSeats,
  book,
  bookedWhole,
  forgetRunOf,
  holdSeat,
  reconcile,
  standingOf,
  undone,
} from './faulty-cloud.ts';
import {
  anEndedExecution,
  expectEqual,
  expectLogs,
  expectOneLetter,
  expectStanding,
  keepingTheRecordOf,
  redriving,
  type Scenario,
  ScenarioFailed,
  soon,
  stopBefore,
  withoutSending,
} from './permission-checks.ts';

/** The things that must work after a failure; each throws if it fails. */
export const safetyNetScenarios = {
  'voiding a late charge': async (target) => {
    const trip = await aTripOf(target, { run_type: 'failPayment' });
    expectEqual((await book(target, trip)).error, 'BookingFailed');
    await expectStanding(target, trip, undone);
  },

  'dead letter': async (target) => {
    const trip = await aTripOf(target, { run_type: 'failPayment', cancel_failure_rate: 1 });
    expectEqual((await book(target, trip)).error, 'CompensationFailed');
    const kinds = (await deadLettersOf(target, trip.input.trip_id)).map((letter) => letter.kind);
    expectEqual(kinds, ['compensation']);
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
    const [letter] = await deadLettersOf(target, trip.input.trip_id);
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
        const found = await deadLettersOf(target, trip.input.trip_id);
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
