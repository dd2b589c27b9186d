import { afterEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import { hashOfKey, rememberedRequestId } from '#functions/payment/charge-requests.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';

const opened = openSuite(openBookingTable);
afterEach(() => opened.intercept(undefined));

const remember = (key: string, request: unknown, time: string) =>
  rememberedRequestId(opened.table, 'alice', key, request, () => time);

describe("a charge's key", () => {
  it('stands for one request for a day', async () => {
    const id = await remember('day', 'ten', '2026-03-01T10:00:00.000Z');
    expect(await remember('day', 'ten', '2026-03-02T09:59:59.999Z')).toBe(id);
    await expect(remember('day', 'twenty', '2026-03-02T09:59:59.999Z')).rejects.toMatchObject({
      name: 'ChargeRequestConflictError',
      message: 'This key came with another charge',
    });
  });

  it('is free again from the second that it lapses, though DynamoDB removes it days later', async () => {
    const id = await remember('lapsed', 'ten', '2026-03-01T10:00:00.000Z');
    const again = await remember('lapsed', 'twenty', '2026-03-02T10:00:00.000Z');
    expect(again).not.toBe(id);
    expect(await remember('lapsed', 'twenty', '2026-03-02T10:00:01.000Z')).toBe(again);
  });

  it('is not taken for another charge’s where the table fails', async () => {
    opened.intercept(() => Promise.reject(new AwsError('ThrottlingException', 'too fast')));
    await expect(remember('failing', 'ten', '2026-03-01T10:00:00.000Z')).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });

  it('is hashed the same from release to release: a retry may meet another one, and would be charged twice', () => {
    expect(hashOfKey('alice', 'order-1')).toBe('I9dHiipVO0JbycZeGVoB1qia8-Enw_EXgFw70EpyWSM');
  });
});
