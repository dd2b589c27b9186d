import { describe, expect, it } from '@jest/globals';
import { failureReasonOf, wasSeatRefused } from '#functions/booking/steps/failure-reason.ts';
import { aCancelOf, aTrip } from '#test/support/trips.ts';

describe('the reason of a failure', () => {
  it('is the state that failed with its error, out of the JSON that Lambda makes of it', () => {
    const Cause = JSON.stringify({ errorType: 'PaymentDeclinedError', errorMessage: 'No money', trace: ['x'] });
    const run = { ...aTrip(), TakePaymentError: { Error: 'PaymentDeclinedError', Cause } };
    expect(failureReasonOf(run)).toBe('TakePayment failed: PaymentDeclinedError: No money');
  });

  it.each(['The conditional request failed', '"quoted"', 'null', '{"no":"message"}', '{"errorMessage":""}'])(
    'is the sentence %s as it is',
    (Cause) => {
      const run = { ...aTrip(), ReserveSeatError: { Error: 'DynamoDB.ThrottlingException', Cause } };
      expect(failureReasonOf(run)).toBe(`ReserveSeat failed: DynamoDB.ThrottlingException: ${Cause}`);
    },
  );

  it('is that a flight is sold out, for each of DynamoDB’s messages', () => {
    const name = 'DynamoDB.ConditionalCheckFailedException';
    const Cause = 'The conditional request failed (Service: null)';
    const run = { ...aTrip(), ReserveSeatError: { Error: name, Cause } };
    expect(failureReasonOf(run, { flightExists: true })).toBe(
      `ReserveSeat failed: ${name}: the flight has no free seat`,
    );
    expect(failureReasonOf(run)).toBe(
      `ReserveSeat failed: ${name}: the flight has no free seat, or there is no such flight`,
    );
    expect(failureReasonOf(run, { flightExists: false })).toBe(`ReserveSeat failed: ${name}: there is no such flight`);
  });

  it('asks for the flight only where the seat was refused', () => {
    const refused = { ReserveSeatError: { Error: 'DynamoDB.ConditionalCheckFailedException', Cause: 'x' } };
    expect(wasSeatRefused({ ...aTrip(), ...refused })).toBe(true);
    expect(wasSeatRefused({ ...aCancelOf(aTrip()), ...refused })).toBe(false);
    expect(wasSeatRefused({ ...aTrip(), ReserveSeatError: { Error: 'States.Timeout', Cause: '' } })).toBe(false);
    expect(wasSeatRefused({ ...aTrip(), ReserveHotelError: refused.ReserveSeatError })).toBe(false);
  });

  it('says so where an error has neither name nor cause', () => {
    expect(failureReasonOf({ ReserveHotelError: {} })).toBe('ReserveHotel failed: Unknown: ');
    expect(failureReasonOf({ ReserveHotelError: null, trip_id: 't' })).toBe('Unknown');
    expect(failureReasonOf(aTrip())).toBe('Unknown');
  });

  it('names the cause of a cancel run, also after a failed step', () => {
    expect(failureReasonOf(aCancelOf(aTrip(), 'customer'))).toBe('Cancelled by the customer');
    expect(failureReasonOf(aCancelOf(aTrip(), 'redrive'))).toBe('The booking run ended before it was done');
  });

  it('is none of the run’s other fields, be they objects or named like an error', () => {
    const failed = { TakePaymentError: { Error: 'PaymentDeclinedError', Cause: 'No money' } };
    const run = { ...aTrip(), fence: { fenced: true }, lastError: 'none', ...failed };
    expect(failureReasonOf(run)).toBe('TakePayment failed: PaymentDeclinedError: No money');
  });

  it('is cut to 1 kB', () => {
    const reason = failureReasonOf({ TakePaymentError: { Error: 'E', Cause: 'ü'.repeat(2000) } });
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(1024);
    expect(reason).toMatch(/^TakePayment failed: E: ü+…$/);
  });
});
