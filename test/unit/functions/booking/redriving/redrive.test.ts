import { describe, expect, it } from '@jest/globals';
import type { EndedExecution } from '#functions/booking/redriving/ended-execution.ts';
import { decideRedrive, maxRedrives } from '#functions/booking/redriving/redrive.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { aFlightAlone, anExecutionId, aTrip } from '#test/support/trips.ts';

const ended = (overrides: Partial<EndedExecution>): EndedExecution => ({
  executionArn: 'arn',
  name: 'trip.a',
  status: 'FAILED',
  error: 'States.Runtime',
  cause: undefined,
  input: '{}',
  ...overrides,
});
const decide = (execution: EndedExecution, baseDelaySeconds = 30) => decideRedrive(execution, { baseDelaySeconds });
const trip = aTrip();
const id = trip.execution_id;

/** Every kind of run that names itself truly, with what its redrive is called and about. */
const runs = [
  { kind: 'a booking run', name: id, input: trip, next: 1, redrive: `${id}.rr-1`, cause: 'redrive' },
  {
    kind: "the customer's cancellation",
    name: `${id}.cancel`,
    input: cancelRunInput(trip, 'customer'),
    next: 1,
    redrive: `${id}.rc-1`,
    cause: 'customer',
  },
  {
    kind: 'a redrive',
    name: `${id}.rr-2`,
    input: cancelRunInput(trip, 'redrive', 2),
    next: 3,
    redrive: `${id}.rr-3`,
    cause: 'redrive',
  },
  {
    kind: "a redrive of the customer's cancellation",
    name: `${id}.rc-4`,
    input: cancelRunInput(trip, 'customer', 4),
    next: 5,
    redrive: `${id}.rc-5`,
    cause: 'customer',
  },
  {
    kind: 'a redrive of an older release',
    name: `${id}.redrive-2`,
    input: cancelRunInput(trip, 'redrive', 2),
    next: 3,
    redrive: `${id}.rr-3`,
    cause: 'redrive',
  },
  {
    kind: "an older release's redrive of the customer's cancellation, under a number that was free",
    name: `${id}.redrive-2`,
    input: cancelRunInput(trip, 'customer', 1),
    next: 2,
    redrive: `${id}.rc-2`,
    cause: 'customer',
  },
  {
    kind: 'a cancel run that was started by hand',
    name: `${id}.by-hand`,
    input: cancelRunInput(trip, 'customer'),
    next: 1,
    redrive: `${id}.rc-1`,
    cause: 'customer',
  },
] as const;

const unfinished = [
  ['FAILED', 'States.Runtime'],
  ['FAILED', 'SQS.SdkClientException'],
  ['FAILED', null],
  ['TIMED_OUT', undefined],
  ['TIMED_OUT', null],
  ['TIMED_OUT', 'States.Timeout'],
  ['ABORTED', undefined],
  ['ABORTED', null],
  // An operator may abort with any error, and then nothing is undone.
  ['ABORTED', 'BookingFailed'],
] as const;

const settled = [
  ['SUCCEEDED', undefined],
  ['RUNNING', undefined],
  ['PENDING_REDRIVE', undefined],
  ['FAILED', 'BookingFailed'],
  ['FAILED', 'CompensationFailed'],
  ['FAILED', 'InvalidSagaInput'],
] as const;

describe.each(runs)('$kind', ({ name, input, next, redrive, cause }) => {
  it.each(unfinished)('is redriven after %s %s', (status, error) => {
    const decision = decide(ended({ name, status, error, input: JSON.stringify(input) }));
    expect(decision).toEqual({
      kind: 'redrive',
      name: redrive,
      input: { ...trip, action: 'cancel', cause, redrive_count: next },
      delaySeconds: 30 * 2 ** (next - 1),
    });
  });

  it.each(settled)('needs nothing after %s %s, and nothing is asked', (status, error) => {
    expect(decide(ended({ name, status, error, input: undefined }))).toMatchObject({ kind: 'nothing to do' });
  });

  it.each([
    ['the status', { status: undefined }],
    ['the error that a failure ended with', { status: 'FAILED' as const, error: undefined }],
    ['the input', { input: undefined }],
  ])('has to be asked for where %s was not told', (_, missing) => {
    expect(decide(ended({ name, input: JSON.stringify(input), ...missing }))).toEqual({ kind: 'ask' });
  });
});

describe('an ended execution', () => {
  it.each(['', 'text', '[]', 'null', '{}', '{"trip_id":"t"}', '7'])('with the input %j was no saga', (input) => {
    const reason = 'its input is none of a saga, so the machine did nothing with it';
    expect(decide(ended({ name: id, input }))).toEqual({ kind: 'nothing to do', reason });
  });

  it.each([
    ['a booking run under another name', anExecutionId(trip.trip_id), trip],
    [
      'a cancel run under the name of another booking run',
      `${anExecutionId(trip.trip_id)}.cancel`,
      cancelRunInput(trip, 'customer'),
    ],
    ["a cancel run under the booking run's own name", id, cancelRunInput(trip, 'customer')],
    ['a booking run under the name of a redrive', `${id}.rr-1`, trip],
  ])('that is %s undoes nothing', (_, name, input) => {
    const reason = 'it was not the execution that its input names';
    expect(decide(ended({ name, input: JSON.stringify(input) }))).toEqual({ kind: 'nothing to do', reason });
  });

  it('is redriven without its own notes', () => {
    const input = { ...trip, TakePaymentError: { Error: 'x', Cause: 'y' }, fence: { fenced: false }, failedLayers: {} };
    expect(decide(ended({ name: id, input: JSON.stringify(input) }))).toMatchObject({
      input: { ...trip, action: 'cancel', cause: 'redrive', redrive_count: 1 },
    });
    const decision = decide(ended({ name: id, input: JSON.stringify(input) }));
    expect(decision).not.toHaveProperty('input.TakePaymentError');
    expect(decision).not.toHaveProperty('input.fence');
    expect(decision).not.toHaveProperty('input.failedLayers');
  });

  it('is redriven even where a forward step had refused its input', () => {
    const input = { ...aFlightAlone({ execution_id: id }), amount: 'much', customer: '' };
    expect(decide(ended({ name: id, input: JSON.stringify(input) }))).toMatchObject({ kind: 'redrive' });
  });
});

describe('the redrives of a booking run', () => {
  const redrivesFrom = (baseDelaySeconds: number) => {
    const delays: number[] = [];
    let execution = ended({ name: id, input: JSON.stringify(trip) });
    for (;;) {
      const decision = decide(execution, baseDelaySeconds);
      if (decision.kind !== 'redrive') return { delays, last: decision };
      delays.push(decision.delaySeconds);
      expect(decision.name).toBe(`${id}.rr-${delays.length}`);
      execution = ended({ name: decision.name, input: JSON.stringify(decision.input) });
    }
  };

  it('wait twice as long each time, five times, and then are given up with the last input', () => {
    const { delays, last } = redrivesFrom(30);
    expect(delays).toEqual([30, 60, 120, 240, 480]);
    expect(last).toMatchObject({ kind: 'give up', input: { trip_id: trip.trip_id, redrive_count: maxRedrives } });
  });

  it('never wait longer than SQS delays a message', () => {
    expect(redrivesFrom(300).delays).toEqual([300, 600, 900, 900, 900]);
  });

  it('may go without waiting', () => {
    expect(redrivesFrom(0).delays).toEqual([0, 0, 0, 0, 0]);
  });
});
