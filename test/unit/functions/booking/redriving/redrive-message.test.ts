import { describe, expect, it } from '@jest/globals';
import { handleRedriveMessage, parseRedriveMessage } from '#functions/booking/redriving/redrive-message.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { aRedriveWorld, endOf } from '#test/support/redrive-world.ts';
import { aTrip } from '#test/support/trips.ts';

const trip = aTrip();
const id = trip.execution_id;

describe('the event that an execution ended', () => {
  it('starts its redrive, and asks Step Functions nothing', async () => {
    const { started, handle, asked } = aRedriveWorld();
    const event = endOf(id, trip, { status: 'ABORTED', error: null, cause: null });
    await expect(handle(event)).resolves.toBe(`started ${id}.rr-1`);
    expect(started()).toEqual([[`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1)]]);
    expect(asked()).toBe(0);
  });

  it('starts it once for any number of events, and asks Step Functions nothing', async () => {
    const { machine, handle, asked } = aRedriveWorld();
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
      const { handle, names, delayed, letters, asked } = aRedriveWorld();
      await expect(handle(endOf(id, trip, { error }))).resolves.toMatch(/nothing to do/);
      await expect(handle(endOf(id, trip, { error, input: null }))).resolves.toMatch(/nothing to do/);
      expect([names(), delayed, letters, asked()]).toEqual([[], [], [], 0]);
    },
  );

  it.each(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'])('starts nothing for one that is %s', async (status) => {
    const { handle, names, asked } = aRedriveWorld();
    await expect(handle(endOf(id, trip, { status, error: null }))).resolves.toContain(`it is ${status}`);
    expect([names(), asked()]).toEqual([[], 0]);
  });

  it('is taken by its input where it does not say whether that is whole', async () => {
    const { handle, names, asked } = aRedriveWorld();
    await handle(endOf(id, trip, { inputDetails: undefined }));
    expect([names(), asked()]).toEqual([[`${id}.rr-1`], 0]);
  });

  it('puts a redrive with a delay into the queue', async () => {
    const { handle, names, delayed } = aRedriveWorld({ baseDelaySeconds: 30 });
    const event = endOf(`${id}.rr-1`, cancelRunInput(trip, 'redrive', 1));
    await expect(handle(event)).resolves.toBe(`redrive of ${id}.rr-1 in 60 s`);
    expect(names()).toEqual([]);
    expect(delayed).toMatchObject([{ delaySeconds: 60, input: cancelRunInput(trip, 'redrive', 2) }]);
  });

  it('fails where the redrive can not be started, so that the message comes again', async () => {
    const { deps } = aRedriveWorld();
    const saga = { start: () => Promise.reject(new Error('no connection')) };
    const message = parseRedriveMessage(JSON.stringify(endOf(id, trip)));
    await expect(handleRedriveMessage(message, { ...deps, saga })).rejects.toThrow('no connection');
  });
});

describe('a redrive whose delay is over', () => {
  const message = { kind: 'delayed-redrive', input: cancelRunInput(trip, 'customer', 3) };

  it('is started as it was planned', async () => {
    const { handle, started } = aRedriveWorld();
    await handle(message);
    expect(started()).toEqual([[`${id}.rc-3`, cancelRunInput(trip, 'customer', 3)]]);
  });

  it('is started once when its message comes twice, and nothing is asked', async () => {
    const { machine, handle, asked } = aRedriveWorld();
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
    const { handle, started } = aRedriveWorld();
    await handle(letterOf(kind, cancelRunInput(trip, 'redrive', 5)));
    expect(started()).toEqual([[`${id}.rr-6`, cancelRunInput(trip, 'redrive', 6)]]);
  });

  it("of a booking run becomes its first redrive, of a customer's cancellation stays the customer's", async () => {
    const { handle, started } = aRedriveWorld();
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
    const { machine, handle } = aRedriveWorld();
    await handle(letterOf('redrive', cancelRunInput(trip, 'redrive', 5)));
    machine.end(`${id}.rr-6`);
    await handle(letterOf('redrive', cancelRunInput(trip, 'redrive', 5)));
    expect(machine.runs).toEqual([`${id}.rr-6`]);
  });

  it('may be an event that was given up', async () => {
    const { handle, names } = aRedriveWorld();
    await handle(endOf(id, trip));
    expect(names()).toEqual([`${id}.rr-1`]);
  });
});

it("gives the redrives of a run and those of its customer's cancellation names of their own", async () => {
  const { handle, names } = aRedriveWorld();
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
    const { handle, names, told } = aRedriveWorld();
    await expect(handle(letterOf(state))).resolves.toBe(`told again that ${trip.trip_id} is ${status}`);
    expect([told, names()]).toEqual([[{ status, input: trip }], []]);
  });

  it('says so if the booking no longer has the letter’s status', async () => {
    const { handle } = aRedriveWorld({ stillSo: false });
    await expect(handle(letterOf('NotifyBookingConfirmed'))).resolves.toMatch(/CONFIRMED no more/);
  });

  it('fails where the message cannot be sent, so that it comes again', async () => {
    const { deps } = aRedriveWorld();
    const notify = () => Promise.reject(new Error('topic down'));
    const message = parseRedriveMessage(JSON.stringify(letterOf('NotifyBookingFailed')));
    await expect(handleRedriveMessage(message, { ...deps, notify })).rejects.toThrow('topic down');
  });
});
