import { describe, expect, it } from '@jest/globals';
import { cancelRunInput } from '#schema/saga-input.ts';
import { arnOf } from '#test/support/memory-machine.ts';
import { aRedriveWorld, type Detail, endOf } from '#test/support/redrive-world.ts';
import { anExecutionId, aTrip } from '#test/support/trips.ts';

const trip = aTrip();
const id = trip.execution_id;
/** The description that Step Functions has of the execution. */
const known = (name: string, input: object) => ({ name, input: JSON.stringify(input) });

describe('a field that the event leaves out', () => {
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
    const { machine, started, handle, asked } = aRedriveWorld();
    machine.add(known(id, trip));
    await handle(endOf(id, trip, detail));
    expect(started()).toEqual([[`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1)]]);
    expect(asked()).toBe(1);
  });

  it.each([without('error'), { error: null }])('settles the execution, too: %j', async (detail) => {
    const { machine, names, handle } = aRedriveWorld();
    machine.add({ ...known(id, trip), error: 'BookingFailed' });
    await expect(handle(endOf(id, trip, detail))).resolves.toMatch(/nothing to do.*BookingFailed/);
    expect(names()).toEqual([]);
  });

  it('is not there: a failure without an error is redriven', async () => {
    const { machine, names, handle } = aRedriveWorld();
    machine.add({ ...known(id, trip), error: undefined });
    await handle(endOf(id, trip, { error: null }));
    expect(names()).toEqual([`${id}.rr-1`]);
  });

  it.each([[{ error: null }], [{ input: null }], [without('status')]])(
    'is asked for again where Step Functions still says RUNNING: %j',
    async (detail) => {
      const { machine, names, handle } = aRedriveWorld();
      const stale = machine.add({ ...known(id, trip), status: 'RUNNING', error: undefined });
      await expect(handle(endOf(id, trip, detail))).rejects.toThrow(/does not know yet/);
      expect(names()).toEqual([]);
      machine.add({ ...stale, status: 'FAILED', error: 'States.Runtime' });
      await handle(endOf(id, trip, detail));
      expect(names()).toEqual([`${id}.rr-1`]);
    },
  );

  it('fails for a status that is unknown here, so that the message ends in the dead letters', async () => {
    const { machine, handle, names } = aRedriveWorld();
    machine.add({ ...known(id, trip), status: 'PAUSED' });
    await expect(handle(endOf(id, trip, without('status')))).rejects.toThrow(/unknown here: PAUSED/);
    expect(names()).toEqual([]);
  });

  it('fails for an execution that Step Functions does not know, so that the message comes again', async () => {
    const { handle } = aRedriveWorld();
    await expect(handle(endOf(id, trip, { input: null }))).rejects.toThrow(arnOf(id));
  });
});

describe('giving up after the last redrive', () => {
  const last = `${id}.rr-5`;
  const input = cancelRunInput(trip, 'redrive', 5);

  it.each([
    ['there is no header', undefined],
    ['the booking is still open', { executionId: id, status: 'UNCONFIRMED', isUnfinished: true }],
    ['the booking is half undone', { executionId: id, status: 'CANCELLING', isUnfinished: true }],
  ] as const)('writes a dead letter where %s, with what failed and what to start again', async (_, standing) => {
    const { handle, names, letters } = aRedriveWorld({ standing });
    await expect(handle(endOf(last, input))).resolves.toBe(`gave up after ${last}`);
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
    ['the booking is cancelled', { executionId: id, status: 'CANCELLED', isUnfinished: false }],
    ['the booking stands after all', { executionId: id, status: 'CONFIRMED', isUnfinished: false }],
    [
      'the trip was booked again',
      { executionId: anExecutionId(trip.trip_id), status: 'CONFIRMED', isUnfinished: true },
    ],
    [
      'the trip is being booked again',
      { executionId: anExecutionId(trip.trip_id), status: 'UNCONFIRMED', isUnfinished: true },
    ],
  ] as const)('writes none where %s', async (_, standing) => {
    const { handle, letters } = aRedriveWorld({ standing });
    await expect(handle(endOf(last, input))).resolves.toMatch(/nothing is left to undo/);
    expect(letters).toEqual([]);
  });

  it.each([
    ['CONFIRMED', 'NotifyBookingConfirmed'],
    ['CANCELLED', 'NotifyBookingFailed'],
  ] as const)(
    'writes one about the message if the booking is %s and its message may not be out',
    async (status, state) => {
      const { handle, letters } = aRedriveWorld({ standing: { executionId: id, status, isUnfinished: true } });
      await expect(handle(endOf(last, input))).resolves.toBe(`gave up after ${last}: its message is left to send`);
      expect(letters).toMatchObject([
        { kind: 'notification', input, failedLayers: { [state]: { Error: 'States.Runtime' } } },
      ]);
    },
  );

  it("writes one for a customer's cancellation of a booking that still stands", async () => {
    const { handle, letters } = aRedriveWorld({
      standing: { executionId: id, status: 'CONFIRMED', isUnfinished: true },
    });
    await handle(endOf(`${id}.rc-5`, cancelRunInput(trip, 'customer', 5)));
    expect(letters).toMatchObject([{ kind: 'redrive', input: { cause: 'customer', redrive_count: 5 } }]);
  });

  it.each([
    ['the event, which lacks the input', { input: null }, 'no such path'],
    ['Step Functions, where the event says nothing', { error: null, cause: null }, 'on purpose'],
  ])('tells the cause by the words of %s', async (_, detail, cause) => {
    const { machine, handle, letters } = aRedriveWorld();
    machine.add(known(last, input));
    await handle(endOf(last, input, detail));
    expect(letters[0]?.failedLayers).toEqual({ [last]: { Error: 'States.Runtime', Cause: cause } });
  });

  it('names the status where the execution ended without an error', async () => {
    const { handle, letters } = aRedriveWorld();
    await handle(endOf(last, input, { status: 'TIMED_OUT', error: null, cause: null }));
    expect(letters[0]?.failedLayers).toEqual({ [last]: { Error: 'TIMED_OUT', Cause: '' } });
  });
});
