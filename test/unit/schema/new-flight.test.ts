import { describe, expect, it } from '@jest/globals';
import { demoFlights } from '#schema/demo-flights.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import { attributeValuesOf, newFlightItem } from '#schema/flight-item.ts';
import { maxFlightSeats, NewFlight } from '#schema/new-flight.ts';
import { flightCatalogFields, keys } from '#schema/table.ts';
import { aNewFlight } from '#test/support/flights.ts';

const issueOf = (flight: unknown): string | undefined => {
  const [issue] = NewFlight.safeParse(flight).error?.issues ?? [];
  return issue === undefined ? undefined : issue.path.map(String).join('.') || issue.code;
};

describe('a new flight', () => {
  it('has the fields of the catalog and its seats', () => {
    expect(Object.keys(NewFlight.shape).sort()).toEqual([...flightCatalogFields, 'seatCapacity'].sort());
    expect(issueOf(aNewFlight())).toBeUndefined();
  });

  it.each([
    ['id', ''],
    ['id', 'x'.repeat(251)],
    ['id', 'no-queue-takes-\uffff'],
    ['departureAirportCode', ''],
    ['arrivalAirportCode', 'A#B'],
    ['departureDate', 'tomorrow'],
    ['departureDate', '2021-02-29T08:00Z'],
    ['arrivalDate', '10.04.2021'],
    ['departureCity', 'x'.repeat(251)],
    ['arrivalCity', '\ud800'],
    ['ticketPrice', -1],
    ['ticketPrice', 1_000_000_000],
    ['ticketPrice', 1.5],
    ['ticketCurrency', 'euro'],
    ['flightNumber', 'BA1'],
    ['flightNumber', 2 ** 31],
    ['seatCapacity', -1],
    ['seatCapacity', maxFlightSeats + 1],
    ['seatCapacity', 0.5],
    ['arrivalLocale', undefined],
  ])('is refused with %s %j', (field, value) => {
    expect(issueOf(aNewFlight({ [field]: value }))).toBe(field);
  });

  it('is refused with a field that a flight does not have', () => {
    expect(issueOf({ ...aNewFlight(), seatHolds: ['x'] })).toBe('unrecognized_keys');
  });

  it.each(['2021-04-10T08:00+0000', '2021-07-10T06:00:00.000Z', '2024-02-29'])('may depart at %s', (departureDate) => {
    expect(issueOf(aNewFlight({ departureDate }))).toBeUndefined();
  });

  it('may have a thousand seats, of which one write of the flight costs 64 units at most', () => {
    expect(maxFlightSeats).toBe(1_000);
    expect(issueOf(aNewFlight({ seatCapacity: maxFlightSeats }))).toBeUndefined();
    // A hold is an execution's name: the longest trip id, a dot, and twelve digits.
    expect(Math.ceil((maxFlightSeats * (50 + 1 + 12)) / 1024)).toBeLessThanOrEqual(64);
  });
});

describe("the demo's flights", () => {
  it('are flights as Admins may make them, among them the one that the demo books', () => {
    for (const flight of demoFlights) expect([flight.id, issueOf(flight)]).toEqual([flight.id, undefined]);
    expect(demoFlights.map(({ id }) => id)).toEqual([
      demoFlightId,
      'london-madrid-early',
      'london-madrid-late',
      'london-dublin-sold-out',
    ]);
    expect(demoFlights.map(({ seatCapacity }) => seatCapacity)).toEqual([1_000, 180, 1, 0]);
  });
});

describe('the item of a flight', () => {
  const now = '2026-03-01T10:00:00.000Z';

  it('is found by id, by departure and arrival, and by the audit of its seats', () => {
    const flight = aNewFlight({ id: 'f1' });
    expect(newFlightItem(flight, { revision: 'r1', now })).toEqual({
      ...keys.flightInventory('f1'),
      ...flight,
      'arrivalAirportCode#departureDate': `${flight.arrivalAirportCode}#${flight.departureDate}`,
      createdAt: now,
      updatedAt: now,
      revision: 'r1',
      seatAudit: 'departing',
    });
    expect(newFlightItem(flight, { revision: 'r1', now, seatAudit: 'always' })).toMatchObject({ seatAudit: 'always' });
  });

  it("can be written in DynamoDB's own JSON, for callers without a document client", () => {
    expect(attributeValuesOf({ id: 'f1', ticketPrice: 150 })).toEqual({ id: { S: 'f1' }, ticketPrice: { N: '150' } });
  });
});
