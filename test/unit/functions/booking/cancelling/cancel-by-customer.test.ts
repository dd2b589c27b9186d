import { describe, expect, it } from '@jest/globals';
import { cancelByCustomer } from '#functions/booking/cancelling/cancel-by-customer.ts';
import { CompensationInput } from '#functions/trip/run-input.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { aWorld, bookingFor, failing } from './cancellations.ts';

const alice = { sub: 'alice', isAdmin: false };

const bob = { sub: 'bob', isAdmin: false };

const admin = { sub: 'carol', isAdmin: true };

describe('cancelByCustomer', () => {
  it.each([alice, admin])(
    'given a confirmed booking, when %j cancels it, then it is marked first and the undoing of its run started',
    async (caller) => {
      const { world, ports, cancelName, cancelInput } = aWorld('CONFIRMED');
      const { trip_id: id } = world.run;

      await expect(cancelByCustomer(caller, id, ports)).resolves.toMatchObject({ id, status: 'CANCELLING' });

      expect(world.calls).toEqual(['get', 'mark', 'start .cancel']);
      expect([...world.saga.started]).toEqual([[cancelName, cancelInput]]);
      expect(CompensationInput.safeParse(cancelInput).success).toBe(true);
    },
  );

  it('given ten at once and one later, then one run is started and all get the same answer', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const cancel = async () => (await cancelByCustomer(alice, world.run.trip_id, ports)).status;
    const answers = [...(await Promise.all(Array.from({ length: 10 }, cancel))), await cancel()];
    expect(new Set(answers)).toEqual(new Set(['CANCELLING']));
    expect(world.saga.runs).toHaveLength(1);
  });

  it.each([
    ['CANCELLING', 'CANCELLING'],
    ['CANCELLED', 'CANCELLED'],
  ] as const)('given a booking that is %s, then that is success and nothing is started', async (status, answered) => {
    const { world, ports } = aWorld(status);
    await expect(cancelByCustomer(alice, world.run.trip_id, ports)).resolves.toMatchObject({ status: answered });
    expect(world.calls).toEqual(['get']);
  });

  it('given a booking that is still being made, then it says to wait and starts nothing', async () => {
    const { world, ports } = aWorld('UNCONFIRMED');
    await expect(cancelByCustomer(alice, world.run.trip_id, ports)).rejects.toMatchObject({
      name: 'BookingNotCancellableError',
      status: 409,
      message: expect.stringContaining('try again when'),
    });
    expect(world.calls).toEqual(['get']);
  });

  it("given another customer's booking, then it fails like one that does not exist", async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const errorOf = (id: string) => cancelByCustomer(bob, id, ports).catch((error: Error) => error);
    const [others, absent] = [await errorOf(world.run.trip_id), await errorOf('no-such')];
    expect(others).toEqual(absent);
    expect(others).toMatchObject({ name: 'BookingNotFoundError', status: 404 });
    expect(world.calls).toEqual(['get', 'get']);
  });

  it.each(['ThrottlingException', 'TimeoutError', 'AccessDeniedException'])(
    'given that the run cannot be started for %s, then the mark stays, the client gets 503, and a repetition starts it',
    async (name) => {
      const { world, ports, cancelName } = aWorld('CONFIRMED');
      const id = world.run.trip_id;
      world.starting = failing(name);
      await expect(cancelByCustomer(alice, id, ports)).rejects.toMatchObject({
        name: 'CancellationDelayedError',
        status: 503,
        retryAfterSeconds: expect.any(Number),
        cause: expect.objectContaining({ name }),
      });
      expect(world.booking).toMatchObject({ status: 'CANCELLING', storedStatus: 'CONFIRMED' });

      world.starting = world.saga.start;
      await expect(cancelByCustomer(alice, id, ports)).resolves.toMatchObject({ status: 'CANCELLING' });
      expect(world.saga.runs).toEqual([cancelName]);
    },
  );

  it('given that its input cannot be made, then nothing is marked', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const runs = { inputOf: failing('ProvisionedThroughputExceededException') };
    await expect(cancelByCustomer(alice, world.run.trip_id, { ...ports, runs })).rejects.toThrow('of AWS');
    expect(world.booking.status).toBe('CONFIRMED');
  });

  it('given a cancel run that ended before its fence, then each further request starts the first name that is free', async () => {
    const { world, ports, cancelInput } = aWorld('CONFIRMED');
    const { trip_id: id, execution_id: run } = world.run;
    for (let request = 1; request <= 3; request += 1) {
      await cancelByCustomer(alice, id, ports);
      await cancelByCustomer(admin, id, ports);
      for (const name of world.saga.started.keys()) world.saga.end(name, { status: 'TIMED_OUT' });
    }
    expect([...world.saga.started]).toEqual([
      [`${run}.cancel`, cancelInput],
      [`${run}.rc-1`, { ...cancelInput, redrive_count: 1 }],
      [`${run}.rc-2`, { ...cancelInput, redrive_count: 2 }],
    ]);
  });

  it('given that all of five redrives ended before their fence, then nothing more is started: there is a dead letter', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const cancel = () => cancelByCustomer(alice, world.run.trip_id, ports);
    for (let request = 1; request <= 8; request += 1) {
      await expect(cancel()).resolves.toMatchObject({ status: 'CANCELLING' });
      for (const name of world.saga.runs) world.saga.end(name, { status: 'ABORTED' });
    }
    expect(world.saga.runs).toHaveLength(6);
  });

  it.each<[BookingStatus, string]>([
    ['CANCELLING', 'CANCELLING'],
    ['CANCELLED', 'CANCELLED'],
  ])(
    'given that the first cancel run is %s when a second request comes to mark, then it is told so',
    async (now, told) => {
      const { world, ports } = aWorld('CONFIRMED');
      const mark = async () => {
        world.booking = { ...world.booking, status: now };
        return false;
      };
      await expect(cancelByCustomer(alice, world.run.trip_id, { ...ports, mark })).resolves.toMatchObject({
        status: told,
      });
      expect(world.saga.calls).toBe(0);
    },
  );

  it('given that the cancel run did its work and ended meanwhile, then no redrive is started', async () => {
    const { world, ports, cancelName, cancelInput } = aWorld('CONFIRMED');
    await world.saga.start(cancelName, cancelInput);
    world.starting = async (name, input) => {
      world.saga.end(cancelName);
      world.booking = { ...bookingFor(world.run, 'CANCELLED') };
      return world.saga.start(name, input);
    };
    await expect(cancelByCustomer(alice, world.run.trip_id, ports)).resolves.toMatchObject({ status: 'CANCELLED' });
    expect(world.saga.runs).toEqual([cancelName]);
  });

  it('given that Step Functions has forgotten the cancel run, then its name is taken again', async () => {
    const { world, ports, cancelName } = aWorld('CONFIRMED');
    await cancelByCustomer(alice, world.run.trip_id, ports);
    world.saga.forget(cancelName);
    await cancelByCustomer(alice, world.run.trip_id, ports);
    expect(world.saga.runs).toEqual([cancelName, cancelName]);
  });

  it('costs one read, one write and one start, and never asks Step Functions how a run stands', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    await cancelByCustomer(alice, world.run.trip_id, ports);
    expect([world.calls.length, world.saga.calls]).toEqual([3, 1]);
  });
});
