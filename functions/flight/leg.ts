import { defineLeg, text } from '#functions/trip/define-leg.ts';

/** The passenger's leg. The seat is a layer of its own: the state machine takes it from the catalog without a function. */
export const flight = defineLeg({
  name: 'flight',
  called: 'a flight',
  itemType: 'Flight',
  runTypeStem: 'Flights',
  states: { reserve: 'ReserveFlight', confirm: 'ConfirmFlight', cancel: 'CancelFlightReservation' },
  fields: { depart: text(), depart_at: text(), arrive: text(), arrive_at: text() },
  identity: ['depart', 'arrive'],
  source: {
    from: 'flight',
    valuesOf: (of) => ({
      depart: of.departureCity || of.departureAirportCode,
      depart_at: of.departureDate,
      arrive: of.arrivalCity || of.arrivalAirportCode,
      arrive_at: of.arrivalDate || of.departureDate,
    }),
  },
  demo: {
    depart: 'London',
    depart_at: '2021-07-10T06:00:00.000Z',
    arrive: 'Dublin',
    arrive_at: '2021-07-12T08:00:00.000Z',
  },
});
