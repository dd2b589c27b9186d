import { describe, expect, it } from '@jest/globals';
import { bookingOf, storedStatusOf } from '#functions/booking/booking.ts';

const aHeader = {
  id: 't',
  status: 'UNCONFIRMED',
  outboundFlightId: 'f',
  paymentToken: 'tok',
  checkedIn: false,
  customer: 'alice',
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:01.000Z',
  execution_id: 't.a',
  startedAt: '2026-03-01T10:00:00.000Z#t.a',
};
const cancelRequestedAt = '2026-03-02T10:00:00.000Z';

describe('a booking as its readers see it', () => {
  it('given a header that was just opened, then has its attributes and no others', () => {
    expect(bookingOf({ ...aHeader, pk: 't', sk: 'BOOKING', unfinishedShard: '1' })).toStrictEqual(aHeader);
  });

  it.each([
    { bookingReference: 'ABC234' },
    { failureReason: 'Cancelled by the customer' },
    { replaces: 't.z' },
    { run: { amount: '450.00' } },
    { hidden: true },
  ])('given a header with %j, then has it too', (field) => {
    expect(bookingOf({ ...aHeader, ...field })).toEqual({ ...aHeader, ...field });
  });

  it('given a header that is not hidden, then says nothing of it', () => {
    expect(bookingOf({ ...aHeader, hidden: false })).toEqual(aHeader);
  });

  it.each([
    [true, true],
    [false, false],
    ['yes', false],
    [undefined, false],
  ])('given checkedIn %p, then is checked in: %p', (checkedIn, shown) => {
    expect(bookingOf({ ...aHeader, checkedIn }).checkedIn).toBe(shown);
  });

  it('given a confirmed one whose cancellation was asked for, then is shown as CANCELLING and known as CONFIRMED', () => {
    const booking = bookingOf({ ...aHeader, status: 'CONFIRMED', cancelRequestedAt });
    expect(booking).toEqual({ ...aHeader, status: 'CANCELLING', storedStatus: 'CONFIRMED', cancelRequestedAt });
    expect(storedStatusOf(booking)).toBe('CONFIRMED');
  });

  it.each(['CANCELLING', 'CANCELLED'])('given a %s one whose cancellation was asked for, then is that', (status) => {
    const booking = bookingOf({ ...aHeader, status, cancelRequestedAt });
    expect(booking).toEqual({ ...aHeader, status, cancelRequestedAt });
    expect(storedStatusOf(booking)).toBe(status);
  });

  it('given a confirmed one that stands, then is that', () => {
    expect(bookingOf({ ...aHeader, status: 'CONFIRMED' })).toEqual({ ...aHeader, status: 'CONFIRMED' });
  });
});
