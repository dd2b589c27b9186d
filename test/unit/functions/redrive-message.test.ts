import { describe, expect, it } from '@jest/globals';
import type { BookingStanding } from '#functions/booking/nothing-to-undo.ts';
import { handleRedriveMessage, parseRedriveMessage } from '#functions/booking/redrive-message.ts';
import type { DelayedRedrive } from '#functions/booking/redrive-queue.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { arnOf, memoryMachine } from '#test/support/memory-machine.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';
import { anExecutionId, aTrip } from '#test/support/trips.ts';

interface Desk {
  readonly baseDelaySeconds?: number;
  readonly standing?: BookingStanding | undefined;
  /** Whether a booking's message is still true. */
  readonly stillSo?: boolean;
}

const aDesk = ({ baseDelaySeconds = 0, standing, stillSo = true }: Desk = {}) => {
  const machine = memoryMachine();
  const calls: Recorded[] = [];
  const delayed: DelayedRedrive[] = [];
  const letters: DeadLetter[] = [];
  const told: { status: string; input: Record<string, unknown> }[] = [];
  const deps = {
    saga: machine,
    executions: recorded('executions', { describe: machine.describe }, calls),
    baseDelaySeconds,
    standing: async () => standing,
    notify: async (status: string, input: Record<string, unknown>) => {
      told.push({ status, input });
      return stillSo;
    },
    queues: {
      delay: async (redrive: DelayedRedrive) => void delayed.push(redrive),
      giveUp: async (letter: DeadLetter) => void letters.push(letter),
    },
  };
  const handle = (message: unknown) => handleRedriveMessage(parseRedriveMessage(JSON.stringify(message)), deps);
  const started = () => [...machine.started];
  const names = () => [...machine.started.keys()];
  const asked = () => callsOf(calls).length;
  return { machine, delayed, letters, told, deps, handle, started, names, asked };
};

const trip = aTrip();
const id = trip.execution_id;

type Detail = Record<string, unknown>;

/** As AWS documents it. */
const endOf = (name: string, input: object, detail: Detail = {}) => ({
  version: '0',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  detail: {
    executionArn: arnOf(name),
    name,
    status: 'FAILED',
    input: JSON.stringify(input),
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
    error: 'States.Runtime',
    cause: 'no such path',
    ...detail,
  },
});
/** What Step Functions knows by itself. */
const known = (name: string, input: object) => ({ name, input: JSON.stringify(input) });

describe('the event that an execution ended', () => {
  it('starts its redrive, and asks Step Functions nothing', async () => {
    const { started, handle, asked } = aDesk();
    await handle(endOf(id, trip, { status: 'ABORTED', error: null, cause: null }));
    expect(started()).toEqual([[`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1)]]);
    expect(asked()).toBe(0);
  });

  it('starts it once, however often it is told, and nothing is asked', async () => {
    const { machine, handle, asked } = aDesk();
    await handle(endOf(id, trip));
    await handle(endOf(id, trip));
    machine.end(`${id}.rr-1`);
    await handle(endOf(id, trip));
    expect(machine.runs).toEqual([`${id}.rr-1`]);
    expect(asked()).toBe(0);
  });

  it.each(['BookingFailed', 'CompensationFailed', 'InvalidSagaInput'])(
    'starts nothing after %s, and asks nothing, even where the input was left out',
    async (error) => {
      const { handle, names, delayed, letters, asked } = aDesk();
      await expect(handle(endOf(id, trip, { error }))).resolves.toMatch(/nothing to do/);
      await expect(handle(endOf(id, trip, { error, input: null }))).resolves.toMatch(/nothing to do/);
      expect([names(), delayed, letters, asked()]).toEqual([[], [], [], 0]);
    },
  );

  it('puts a redrive with a delay into the queue', async () => {
    const { handle, names, delayed } = aDesk({ baseDelaySeconds: 30 });
    await handle(endOf(`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1)));
    expect(names()).toEqual([]);
    expect(delayed).toMatchObject([{ delaySeconds: 60, input: cancelRunInput(trip, 'redrive', 2) }]);
  });

  it('fails where the redrive can not be started, so that the message comes again', async () => {
    const { deps } = aDesk();
    const saga = { start: () => Promise.reject(new Error('no connection')) };
    const message = parseRedriveMessage(JSON.stringify(endOf(id, trip)));
    await expect(handleRedriveMessage(message, { ...deps, saga })).rejects.toThrow('no connection');
  });
});

describe('what the event leaves out', () => {
  const without = (...fields: string[]): Detail => Object.fromEntries(fields.map((field) => [field, undefined]));

  it.each([
    ['no error', without('error')],
    ['an error of null', { error: null }],
    ['no input', without('input')],
    ['an input that was too long for an event', { input: null, inputDetails: { included: false } }],
    ['an input that is cut off', { input: '{"trip_id": "t' }],
    ['an input that it says it does not include', { inputDetails: { included: false } }],
    ['nothing but the execution', without('status', 'error', 'cause', 'input', 'inputDetails')],
  ])('is asked for: %s', async (_, detail) => {
    const { machine, started, handle, asked } = aDesk();
    machine.add(known(id, trip));
    await handle(endOf(id, trip, detail));
    expect(started()).toEqual([[`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1)]]);
    expect(asked()).toBe(1);
  });

  it.each([without('error'), { error: null }])('settles the execution, too: %j', async (detail) => {
    const { machine, names, handle } = aDesk();
    machine.add({ ...known(id, trip), error: 'BookingFailed' });
    await expect(handle(endOf(id, trip, detail))).resolves.toMatch(/nothing to do.*BookingFailed/);
    expect(names()).toEqual([]);
  });

  it('is not there: a failure without an error is redriven', async () => {
    const { machine, names, handle } = aDesk();
    machine.add({ ...known(id, trip), error: undefined });
    await handle(endOf(id, trip, { error: null }));
    expect(names()).toEqual([`${id}.rr-1`]);
  });

  it.each([[{ error: null }], [{ input: null }], [without('status')]])(
    'is asked for again where Step Functions still says RUNNING: %j',
    async (detail) => {
      const { machine, names, handle } = aDesk();
      const stale = machine.add({ ...known(id, trip), status: 'RUNNING', error: undefined });
      await expect(handle(endOf(id, trip, detail))).rejects.toThrow(/does not know yet/);
      expect(names()).toEqual([]);
      machine.add({ ...stale, status: 'FAILED', error: 'States.Runtime' });
      await handle(endOf(id, trip, detail));
      expect(names()).toEqual([`${id}.rr-1`]);
    },
  );

  it('fails for an execution that Step Functions does not know, so that the message comes again', async () => {
    const { handle } = aDesk();
    await expect(handle(endOf(id, trip, { input: null }))).rejects.toThrow(arnOf(id));
  });
});

describe('giving up after the last redrive', () => {
  const last = `${id}.rr-5`;
  const input = cancelRunInput(trip, 'redrive', 5);

  it.each([
    ['there is no header', undefined],
    ['the booking is still open', { executionId: id, status: 'UNCONFIRMED' }],
    ['the booking is half undone', { executionId: id, status: 'CANCELLING' }],
  ] as const)('writes a dead letter where %s, with what failed and what to start again', async (_, standing) => {
    const { handle, names, letters } = aDesk({ standing });
    await handle(endOf(last, input));
    expect(names()).toEqual([]);
    expect(letters).toEqual([
      {
        kind: 'redrive',
        trip_id: trip.trip_id,
        execution_id: id,
        execution: arnOf(last),
        input,
        failedLayers: { [last]: { Error: 'States.Runtime', Cause: 'no such path' } },
      },
    ]);
  });

  it.each([
    ['the booking is cancelled', { executionId: id, status: 'CANCELLED' }],
    ['the booking stands after all', { executionId: id, status: 'CONFIRMED' }],
    ['the trip was booked again', { executionId: anExecutionId(trip.trip_id), status: 'CONFIRMED' }],
  ] as const)('writes none where %s', async (_, standing) => {
    const { handle, letters } = aDesk({ standing });
    await expect(handle(endOf(last, input))).resolves.toMatch(/nothing is left to undo/);
    expect(letters).toEqual([]);
  });

  it("writes one for a customer's cancellation of a booking that still stands", async () => {
    const { handle, letters } = aDesk({ standing: { executionId: id, status: 'CONFIRMED' } });
    await handle(endOf(`${id}.rc-5`, cancelRunInput(trip, 'customer', 5)));
    expect(letters).toMatchObject([{ kind: 'redrive', input: { cause: 'customer', redrive_count: 5 } }]);
  });

  it('names the status where the execution ended without an error', async () => {
    const { handle, letters } = aDesk();
    await handle(endOf(last, input, { status: 'TIMED_OUT', error: null, cause: null }));
    expect(letters[0]?.failedLayers).toEqual({ [last]: { Error: 'TIMED_OUT', Cause: '' } });
  });
});

describe('a redrive whose delay is over', () => {
  const message = { kind: 'delayed-redrive', input: cancelRunInput(trip, 'customer', 3) };

  it('is started as it was planned', async () => {
    const { handle, started } = aDesk();
    await handle(message);
    expect(started()).toEqual([[`${id}.rc-3`, cancelRunInput(trip, 'customer', 3)]]);
  });

  it('is started once when its message comes twice, and nothing is asked', async () => {
    const { machine, handle, asked } = aDesk();
    await handle(message);
    await handle(message);
    machine.end(`${id}.rc-3`);
    await handle(message);
    expect(machine.runs).toEqual([`${id}.rc-3`]);
    expect(asked()).toBe(0);
  });
});

describe('a dead letter that is moved back', () => {
  const failedLayers = { CancelHotelReservation: { Error: 'InjectedFaultError', Cause: '' } };
  const letterOf = (kind: string, input: object) => ({ kind, trip_id: trip.trip_id, input, failedLayers });

  it.each(['compensation', 'redrive'] as const)('of kind %s is redriven under the next number', async (kind) => {
    const { handle, started } = aDesk();
    await handle(letterOf(kind, cancelRunInput(trip, 'redrive', 5)));
    expect(started()).toEqual([[`${id}.rr-6`, cancelRunInput(trip, 'redrive', 6)]]);
  });

  it("of a booking run becomes its first redrive, of a customer's cancellation stays the customer's", async () => {
    const { handle, started } = aDesk();
    await handle(letterOf('compensation', trip));
    await handle(letterOf('compensation', cancelRunInput(trip, 'customer')));
    await handle(letterOf('redrive', cancelRunInput(trip, 'customer', 5)));
    expect(started()).toEqual([
      [`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1)],
      [`${id}.rc-1`, cancelRunInput(trip, 'customer', 1)],
      [`${id}.rc-6`, cancelRunInput(trip, 'customer', 6)],
    ]);
  });

  it('is redriven once, however often it is moved: the redrive has an end, and a letter, of its own', async () => {
    const { machine, handle } = aDesk();
    await handle(letterOf('redrive', cancelRunInput(trip, 'redrive', 5)));
    machine.end(`${id}.rr-6`);
    await handle(letterOf('redrive', cancelRunInput(trip, 'redrive', 5)));
    expect(machine.runs).toEqual([`${id}.rr-6`]);
  });

  it('may be an event that was given up', async () => {
    const { handle, names } = aDesk();
    await handle(endOf(id, trip));
    expect(names()).toEqual([`${id}.rr-1`]);
  });
});

it("gives the redrives of a run and those of its customer's cancellation names of their own", async () => {
  const { handle, names } = aDesk();
  await handle(endOf(id, trip, { status: 'ABORTED' }));
  await handle(endOf(`${id}.cancel`, cancelRunInput(trip, 'customer'), { status: 'TIMED_OUT' }));
  await handle(endOf(`${id}.rc-1`, cancelRunInput(trip, 'customer', 1), { status: 'ABORTED' }));
  await handle(endOf(`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1), { status: 'ABORTED' }));
  expect(names()).toEqual([`${id}.rr-1`, `${id}.rc-1`, `${id}.rc-2`, `${id}.rr-2`]);
});

describe('a letter about a notification', () => {
  const failed = { Error: 'InternalErrorException', Cause: 'SNS was down' };
  const letterOf = (state: string) => ({ kind: 'notification', input: trip, failedLayers: { [state]: failed } });

  it.each([
    ['NotifyBookingConfirmed', 'CONFIRMED'],
    ['NotifyBookingFailed', 'CANCELLED'],
  ])('of %s has the message sent again, and starts nothing', async (state, status) => {
    const { handle, names, told } = aDesk();
    await expect(handle(letterOf(state))).resolves.toBe(`told again that ${trip.trip_id} is ${status}`);
    expect([told, names()]).toEqual([[{ status, input: trip }], []]);
  });

  it('says so where the booking no longer stands as it tells', async () => {
    const { handle } = aDesk({ stillSo: false });
    await expect(handle(letterOf('NotifyBookingConfirmed'))).resolves.toMatch(/CONFIRMED no more/);
  });

  it('fails where the message cannot be sent, so that it comes again', async () => {
    const { deps } = aDesk();
    const notify = () => Promise.reject(new Error('topic down'));
    const message = parseRedriveMessage(JSON.stringify(letterOf('NotifyBookingFailed')));
    await expect(handleRedriveMessage(message, { ...deps, notify })).rejects.toThrow('topic down');
  });
});

describe('a message that is none of the redrive queue', () => {
  const input = cancelRunInput(trip, 'redrive', 1);
  const without = (field: string) => ({ ...input, [field]: undefined });

  it.each([
    ['no JSON', 'no JSON', /JSON/],
    ['an empty object', '{}', /"detail" is missing/],
    ['an array', '[]', /"\(message\)" must be an object/],
    ['null', 'null', /"\(message\)" must be an object/],
    ['a text', '"text"', /"\(message\)" must be an object/],
    ['an unknown kind', '{"kind":"mystery"}', /"kind" must be one of delayed-redrive, compensation/],
    ['an event of no execution', '{"detail":{}}', /"detail.executionArn" is missing/],
    ['an event of something else', '{"detail":{"executionArn":"arn:aws:sns:x"}}', /"detail.executionArn" must match/],
    ['a letter without input', '{"kind":"compensation"}', /"input" is missing/],
    ['a letter with an empty input', '{"kind":"compensation","input":{}}', /"input.trip_id" is missing/],
    ['a letter about another trip', JSON.stringify({ kind: 'redrive', input: { ...input, trip_id: 'x' } }), /dot/],
    ['a delayed redrive of no cause', JSON.stringify({ kind: 'delayed-redrive', input: without('cause') }), /cause/],
    ['a delayed redrive of a booking run', JSON.stringify({ kind: 'delayed-redrive', input: trip }), /action/],
    [
      'a delayed redrive without a number',
      JSON.stringify({ kind: 'delayed-redrive', input: without('redrive_count') }),
      /redrive_count/,
    ],
    ['a letter that tells of nothing', JSON.stringify({ kind: 'notification', input: trip }), /failedLayers/],
    [
      'a letter about no notification',
      JSON.stringify({ kind: 'notification', input: trip, failedLayers: { NotifyNobody: {} } }),
      /which notification/,
    ],
  ])('is an error that names what is wrong: %s', (_, body, problem) => {
    expect(() => parseRedriveMessage(body)).toThrow(problem);
  });
});
