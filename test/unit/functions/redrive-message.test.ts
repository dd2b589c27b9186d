import { describe, expect, it } from '@jest/globals';
import { handleRedriveMessage, type RedriveMessage } from '#functions/booking/redrive-message.ts';
import type { DelayedRedrive } from '#functions/booking/redrive-queue.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { arnOf, memoryMachine } from '#test/support/memory-machine.ts';
import { aTrip } from '#test/support/trips.ts';

const aDesk = (baseDelaySeconds = 0) => {
  const machine = memoryMachine();
  const delayed: { message: DelayedRedrive; delaySeconds: number }[] = [];
  const letters: DeadLetter[] = [];
  const told: { status: string; input: Record<string, unknown> }[] = [];
  const deps = {
    notify: async (status: string, input: Record<string, unknown>) => void told.push({ status, input }),
    saga: machine,
    executions: machine,
    executionArnOf: arnOf,
    baseDelaySeconds,
    queues: {
      delay: async ({ input, delaySeconds }: { input: Record<string, unknown>; delaySeconds: number }) => {
        delayed.push({ message: { kind: 'delayed-redrive', input }, delaySeconds });
      },
      giveUp: async (letter: DeadLetter) => void letters.push(letter),
    },
  };
  const handle = (message: RedriveMessage) => handleRedriveMessage(message, deps);
  const names = () => [...machine.started.keys()];
  return { machine, delayed, letters, told, deps, handle, names };
};

const trip = aTrip();
const id = trip.execution_id;
const endOf = (name: string): RedriveMessage => ({ detail: { executionArn: arnOf(name) } });

describe('the event that an execution ended', () => {
  it('starts its redrive', async () => {
    const { machine, handle } = aDesk();
    machine.add({ name: id, status: 'ABORTED', error: undefined, input: JSON.stringify(trip) });
    await handle(endOf(id));
    expect([...machine.started]).toEqual([[`${id}.redrive-1`, cancelRunInput(trip, 'redrive', 1)]]);
  });

  it('starts it once, however often it is told', async () => {
    const { machine, handle, names } = aDesk();
    machine.add({ name: id, input: JSON.stringify(trip) });
    await handle(endOf(id));
    await handle(endOf(id));
    expect(names()).toEqual([`${id}.redrive-1`]);
  });

  it('starts nothing where nothing is left to do', async () => {
    const { machine, handle, names, delayed, letters } = aDesk();
    machine.add({ name: id, error: 'BookingFailed', input: JSON.stringify(trip) });
    await expect(handle(endOf(id))).resolves.toMatch(/nothing to do/);
    expect([names(), delayed, letters]).toEqual([[], [], []]);
  });

  it('puts a redrive with a delay into the queue', async () => {
    const { machine, handle, names, delayed } = aDesk(30);
    machine.add({ name: `${id}.redrive-1`, input: JSON.stringify(cancelRunInput(trip, 'redrive', 1)) });
    await handle(endOf(`${id}.redrive-1`));
    expect(names()).toEqual([]);
    expect(delayed).toEqual([
      {
        delaySeconds: 60,
        message: { kind: 'delayed-redrive', input: cancelRunInput(trip, 'redrive', 2) },
      },
    ]);
  });

  it('writes a dead letter after the last redrive, with what failed and what to start again', async () => {
    const { machine, handle, names, letters } = aDesk();
    const input = cancelRunInput(trip, 'redrive', 5);
    machine.add({
      name: `${id}.redrive-5`,
      error: 'States.Runtime',
      cause: 'no such path',
      input: JSON.stringify(input),
    });
    await handle(endOf(`${id}.redrive-5`));
    expect(names()).toEqual([]);
    expect(letters).toEqual([
      {
        kind: 'redrive',
        trip_id: trip.trip_id,
        execution_id: id,
        execution: arnOf(`${id}.redrive-5`),
        input,
        failedLayers: { [`${id}.redrive-5`]: { Error: 'States.Runtime', Cause: 'no such path' } },
      },
    ]);
  });

  it('names the status in the dead letter where the execution ended without an error', async () => {
    const { machine, handle, letters } = aDesk();
    const input = JSON.stringify(cancelRunInput(trip, 'redrive', 5));
    machine.add({ name: `${id}.redrive-5`, status: 'TIMED_OUT', error: undefined, cause: undefined, input });
    await handle(endOf(`${id}.redrive-5`));
    expect(letters[0]?.failedLayers).toEqual({ [`${id}.redrive-5`]: { Error: 'TIMED_OUT', Cause: '' } });
  });

  it('fails for an execution that Step Functions does not know, so that the message comes again', async () => {
    const { handle } = aDesk();
    await expect(handle(endOf('unknown'))).rejects.toThrow(arnOf('unknown'));
  });

  it('fails where the redrive can not be started, so that the message comes again', async () => {
    const { machine, deps } = aDesk();
    machine.add({ name: id, input: JSON.stringify(trip) });
    const saga = { start: () => Promise.reject(Object.assign(new Error('too fast'), { name: 'ThrottlingException' })) };
    await expect(handleRedriveMessage(endOf(id), { ...deps, saga })).rejects.toThrow('too fast');
  });
});

describe('a redrive whose delay is over', () => {
  const message: RedriveMessage = {
    kind: 'delayed-redrive',
    input: cancelRunInput(trip, 'customer', 3),
  };

  it('is started as it was planned', async () => {
    const { handle, machine } = aDesk();
    await handle(message);
    expect([...machine.started]).toEqual([[`${id}.redrive-3`, cancelRunInput(trip, 'customer', 3)]]);
  });

  it('is started once when its message comes twice', async () => {
    const { handle, names } = aDesk();
    await handle(message);
    await handle(message);
    expect(names()).toEqual([`${id}.redrive-3`]);
  });
});

describe('a dead letter that is moved back', () => {
  const failedLayers = { CancelHotelReservation: { Error: 'InjectedFaultError', Cause: '' } };

  it.each(['compensation', 'redrive'] as const)('of kind %s is redriven under the next number', async (kind) => {
    const { handle, machine } = aDesk();
    await handle({ kind, input: cancelRunInput(trip, 'redrive', 5), failedLayers });
    expect([...machine.started]).toEqual([[`${id}.redrive-6`, cancelRunInput(trip, 'redrive', 6)]]);
  });

  it("of a booking run becomes its first redrive, of a customer's cancellation stays the customer's", async () => {
    const { handle, machine } = aDesk();
    await handle({ kind: 'compensation', input: trip, failedLayers });
    await handle({ kind: 'compensation', input: cancelRunInput(trip, 'customer'), failedLayers });
    expect([...machine.started]).toEqual([
      [`${id}.redrive-1`, cancelRunInput(trip, 'redrive', 1)],
      [`${id}.redrive-2`, cancelRunInput(trip, 'customer', 2)],
    ]);
  });

  it('fails once all numbers are taken, instead of being lost', async () => {
    const { machine, handle } = aDesk();
    const letter: RedriveMessage = { kind: 'redrive', input: cancelRunInput(trip, 'redrive', 98), failedLayers };
    await handle(letter);
    for (const name of machine.runs) machine.end(name);
    await expect(handle(letter)).rejects.toThrow(/by hand/);
  });
});

it("redrives a customer's cancellation of a booking run that was redriven before", async () => {
  const { machine, handle } = aDesk();
  machine.add({ name: id, status: 'ABORTED', input: JSON.stringify(trip) });
  await handle(endOf(id));
  const cancellation = cancelRunInput(trip, 'customer');
  machine.add({ name: `${id}.cancel`, status: 'TIMED_OUT', error: undefined, input: JSON.stringify(cancellation) });
  await handle(endOf(`${id}.cancel`));
  expect([...machine.started.values()].map(({ cause }) => cause)).toEqual(['redrive', 'customer']);
});

it("starts a customer's second redrive, although the first took the number that it would have", async () => {
  const { machine, handle } = aDesk();
  machine.add({ name: id, status: 'ABORTED', input: JSON.stringify(trip) });
  await handle(endOf(id));
  const cancellation = cancelRunInput(trip, 'customer');
  machine.add({ name: `${id}.cancel`, status: 'TIMED_OUT', error: undefined, input: JSON.stringify(cancellation) });
  await handle(endOf(`${id}.cancel`));
  const first = cancelRunInput(trip, 'customer', 1);
  machine.add({ name: `${id}.redrive-2`, status: 'ABORTED', error: undefined, input: JSON.stringify(first) });

  await handle(endOf(`${id}.redrive-2`));
  await handle(endOf(`${id}.redrive-2`));

  expect(
    [...machine.started.entries()].map(([name, { cause, redrive_count }]) => [name, cause, redrive_count]),
  ).toEqual([
    [`${id}.redrive-1`, 'redrive', 1],
    [`${id}.redrive-2`, 'customer', 1],
    [`${id}.redrive-3`, 'customer', 2],
  ]);
});

describe('a letter about a notification', () => {
  const failed = { Error: 'InternalErrorException', Cause: 'SNS was down' };
  const letterOf = (state: string): RedriveMessage => ({
    kind: 'notification',
    input: trip,
    failedLayers: { [state]: failed },
  });

  it.each([
    ['NotifyBookingConfirmed', 'CONFIRMED'],
    ['NotifyBookingFailed', 'CANCELLED'],
  ])('of %s has the message sent again, and starts nothing', async (state, status) => {
    const { handle, names, told } = aDesk();
    await expect(handle(letterOf(state))).resolves.toBe(`told again that ${trip.trip_id} is ${status}`);
    expect([told, names()]).toEqual([[{ status, input: trip }], []]);
  });

  it('fails where the message cannot be sent, so that it comes again', async () => {
    const { deps } = aDesk();
    const notify = () => Promise.reject(new Error('topic down'));
    await expect(handleRedriveMessage(letterOf('NotifyBookingFailed'), { ...deps, notify })).rejects.toThrow(
      'topic down',
    );
  });

  it('fails where it does not say what was to be told, instead of being lost', async () => {
    const { handle, told } = aDesk();
    await expect(handle(letterOf('NotifyNobody'))).rejects.toThrow(/which notification/);
    await expect(handle({ kind: 'notification', input: trip } as unknown as RedriveMessage)).rejects.toThrow(
      /which notification/,
    );
    expect(told).toEqual([]);
  });
});
