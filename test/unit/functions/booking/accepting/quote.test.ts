import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quote } from '#functions/booking/accepting/quote.ts';
import { demoPrice, demoSections, demoTrip } from '#functions/trip/demo-trip.ts';
import { amountPattern } from '#schema/saga-input.ts';

const flight = { ticketPrice: 150, ticketCurrency: 'USD' };
const stay = (checkIn: string, checkOut: string) => ({ ...demoSections.hotel, checkIn, checkOut });
const car = (rentalFrom: string, rentalTo: string) => ({ ...demoSections.rental, rentalFrom, rentalTo });

describe('quote', () => {
  it("is the example's price for the example's trip", () => {
    const hotel = stay(demoTrip.check_in, demoTrip.check_out);
    const rental = car(demoTrip.rental_from, demoTrip.rental_to);
    expect(quote({ flight, hotel, rental })).toEqual({ amount: '450.00', currency: 'USD' });
    expect(quote({ flight, ...demoSections })).toEqual(demoPrice);
  });

  it("is the ticket alone for a flight alone, in the flight's currency", () => {
    expect(quote({ flight: { ticketPrice: 99, ticketCurrency: 'EUR' } })).toEqual({ amount: '99.00', currency: 'EUR' });
  });

  it.each([
    ['2026-07-10T23:59:00Z', '2026-07-11T00:01:00Z', '250.00'],
    ['2026-07-10T08:00:00.000Z', '2026-07-12T07:00:00.000Z', '350.00'],
    // Nights are those of the hotel's own calendar.
    ['2026-07-10T23:00:00-05:00', '2026-07-11T01:00:00-05:00', '250.00'],
    ['2024-02-28T12:00:00Z', '2024-03-01T12:00:00Z', '350.00'],
  ])('counts nights from %s to %s: %s', (from, to, amount) => {
    expect(quote({ flight, hotel: stay(from, to) }).amount).toBe(amount);
  });

  it.each([
    ['2026-07-10T08:00:00Z', '2026-07-10T09:00:00Z', '200.00'],
    ['2026-07-10T08:00:00Z', '2026-07-11T08:00:00Z', '200.00'],
    ['2026-07-10T08:00:00Z', '2026-07-11T08:00:01Z', '250.00'],
    ['2026-07-10T08:00:00+02:00', '2026-07-11T06:00:00Z', '200.00'],
  ])('counts started days from %s to %s: %s', (from, to, amount) => {
    expect(quote({ flight, rental: car(from, to) }).amount).toBe(amount);
  });

  it.each([
    ['hotel.checkOut', { hotel: stay('2026-07-10T08:00:00Z', '2026-07-10T20:00:00Z') }],
    ['hotel.checkOut', { hotel: stay('2026-07-10T08:00:00Z', '2026-07-09T20:00:00Z') }],
    // A later day, and an earlier time.
    ['hotel.checkOut', { hotel: stay('2026-07-10T00:00:00-12:00', '2026-07-11T00:00:00+14:00') }],
    ['hotel.checkOut', { hotel: stay('2026-07-10T08:00:00Z', '2036-07-10T20:00:00Z') }],
    ['rental.rentalTo', { rental: car('2026-07-10T08:00:00Z', '2026-07-10T08:00:00Z') }],
    ['rental.rentalTo', { rental: car('2026-07-10T08:00:00Z', '2028-07-10T08:00:00Z') }],
  ])('refuses a %s that makes no sense', (field, legs) => {
    expect(() => quote({ flight, ...legs })).toThrow(
      expect.objectContaining({ name: 'InvalidBookingRequestError', field }),
    );
  });

  it('refuses the leg by which the trip costs more than a booking may', () => {
    const hotel = stay('2026-07-10T12:00:00Z', '2026-07-11T12:00:00Z');
    const dear = (ticketPrice: number) => ({ flight: { ...flight, ticketPrice }, hotel });

    expect(quote(dear(999_999_899)).amount).toBe('999999999.00');
    expect(() => quote(dear(999_999_900))).toThrow(
      '"hotel" makes the trip cost more than 999999999.00, which no booking may',
    );
  });

  it('is an amount of the contract, and never less than the ticket, for all trips', () => {
    const days = fc.integer({ min: 1, max: 364 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_000 }), days, days, (ticketPrice, nights, rented) => {
        const later = (count: number) => new Date(Date.UTC(2026, 0, 1 + count)).toISOString();
        const { amount } = quote({
          flight: { ticketPrice, ticketCurrency: 'USD' },
          hotel: stay(later(0), later(nights)),
          rental: car(later(0), later(rented)),
        });
        expect(amount).toMatch(amountPattern);
        expect(Number(amount)).toBe(ticketPrice + nights * 100 + rented * 50);
      }),
    );
  });
});
