import { describe, expect, it } from '@jest/globals';
import { bookBody, burstOf, choicesOf } from '../../../localstack/console/model/book.ts';

describe('what is booked', () => {
  const success = { name: 'success', fails: undefined };
  const pay = { name: 'failPayment', fails: 'TakePayment' };
  const hotel = { name: 'failHotelReservation', fails: 'ReserveHotel' };
  const choices = choicesOf(
    [success, pay, hotel, { name: 'failHotel', fails: 'ReserveHotel' }],
    ['ReserveHotel', 'TakePayment'],
  );
  const fields = { trip: ' ', customer: '', flight: '', legs: ['hotel', 'rental'], cancelFailureRate: 0 };

  it('offers one run type for each state that can be made to fail, in the order of the machine', () => {
    expect(choices).toEqual({ success, failing: [hotel, pay] });
  });

  it('leaves out what is the demo’s own', () => {
    expect(bookBody('success', fields, ['hotel', 'rental'])).toEqual({ runType: 'success' });
    expect(
      bookBody('success', { ...fields, trip: ' t1 ', legs: [], cancelFailureRate: 0.5 }, ['hotel', 'rental']),
    ).toEqual({
      runType: 'success',
      trip: 't1',
      legs: [],
      cancelFailureRate: 0.5,
    });
  });

  it('mixes a burst', () => {
    expect(burstOf(4, 'all', choices)).toEqual(['success', 'failHotelReservation', 'failPayment', 'success']);
    expect(burstOf(10, 'some', choices).filter((name) => name !== 'success')).toEqual([
      'failHotelReservation',
      'failPayment',
    ]);
    expect(new Set(burstOf(3, 'success', choices))).toEqual(new Set(['success']));
  });
});
