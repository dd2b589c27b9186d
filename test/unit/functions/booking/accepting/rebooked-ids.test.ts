import { describe, expect, it } from '@jest/globals';
import { keys } from '#schema/table.ts';
import { anId, aRefusedRebooking, opened } from './rebooked-id.ts';

const daySeconds = 24 * 3600;

describe('a cancelled booking', () => {
  it('is no request that was refused beside it, and its id is free at once', async () => {
    const { byKey, atOnce, confirm, cancel, refuse, seen } = anId();
    const { won, lost } = await atOnce('one', 'two');
    await confirm(won);
    refuse(lost);
    await cancel(won);
    expect(await seen()).toEqual(['CANCELLED', won]);

    const next = await byKey('three');
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
  });

  it('is no request that was refused beside the booking that took the place of an earlier one', async () => {
    const { byKey, atOnce, confirm, cancel, refuse, seen } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    const { won, lost } = await atOnce('one', 'two');
    await confirm(won);
    refuse(lost);
    await cancel(won);
    expect(await seen()).toEqual(['CANCELLED', won]);
  });

  it('is no pending booking of an older release, which does not say whose place it takes', async () => {
    const { id, byKey, confirm, cancel, seen } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    await byKey('second');
    const pending = keys.bookingRequest(id, 'alice');
    const { after, ...older } = (await opened.item(pending)) ?? {};
    expect(after).toBe(first);
    await opened.put(older);
    expect(await seen()).toEqual(['CANCELLED', first]);
  });
});

describe('an id whose rebooking was refused', () => {
  it('is booked at once under another key', async () => {
    const { byKey, first, refused, seen } = await aRefusedRebooking();
    const next = await byKey('other', 'other token');
    expect([first, refused]).not.toContain(next);
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
  });

  it('is booked at once by its id alone, for another payment', async () => {
    const { byId, first, refused, seen } = await aRefusedRebooking();
    const next = await byId('other token');
    expect([undefined, first, refused]).not.toContain(next);
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
  });

  it('is booked at once by its id alone, where that was how the refused one came', async () => {
    const { byId, refuse, confirm, cancel, byKey } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    const refused = String(await byId('token'));
    refuse(refused);
    expect([undefined, first, refused]).not.toContain(await byId('other token'));
  });

  it.each(['key', 'id'])('is in use while the run in its place is under way, for a request by %s', async (door) => {
    const { byKey, byId, confirm, cancel } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    await byKey('under way');
    const other = door === 'key' ? byKey('other', 'other token') : byId('other token');
    await expect(other).rejects.toMatchObject({ name: 'BookingIdInUseError' });
  });
});

describe('a key that comes again after its request was forgotten', () => {
  it('starts no run of a name that was used, where the id was booked by another key since', async () => {
    const { byKey, confirm, cancel, clock, saga } = anId();
    const names: string[] = [];
    for (const key of ['k1', 'k2', 'k1', 'k2']) {
      const name = await byKey(key);
      names.push(name);
      await confirm(name);
      await cancel(name);
      clock.seconds += 91 * daySeconds;
      saga.forget(name);
    }
    expect(new Set(names).size).toBe(4);
  });

  it('finds its own booking by the cancelled one that it has replaced', async () => {
    const { byKey, confirm, cancel, clock, saga, answer } = anId();
    const first = await byKey('k1');
    await confirm(first);
    await cancel(first);
    const second = await byKey('k2');
    await confirm(second);
    clock.seconds += 91 * daySeconds;
    saga.forget(second);
    await expect(answer('k2')).resolves.toMatchObject({
      kind: 'standing',
      booking: { status: 'CONFIRMED', execution_id: second },
    });
    await expect(answer('k3')).rejects.toMatchObject({ name: 'BookingIdInUseError' });
  });

  it('books a deleted booking’s id again, under a new run name', async () => {
    const { byKey, confirm, cancel, clock, saga, hide, seen } = anId();
    const first = await byKey('k1');
    await confirm(first);
    await cancel(first);
    await hide();
    clock.seconds += 91 * daySeconds;
    saga.forget(first);
    const next = await byKey('k1', 'other token');
    expect(next).not.toBe(first);
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
    await confirm(next);
    expect(await seen()).toEqual(['CONFIRMED', next]);
  });
});
