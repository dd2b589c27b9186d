import { graphql, type Role, rest, type Subject } from '#test/support/e2e/authorization.ts';

/** How much of the booking the answer tells, `seen` or `unseen`; or whom a new booking was made for. */
export type About = 'booking' | 'new booking' | 'nothing';

interface Row extends ReturnType<typeof rest> {
  /** Told apart where an operation has several rows. */
  readonly as?: string;
  readonly about?: About;
  /** The booking's status before the attempt; each allowed attempt gets a booking of its own. */
  readonly booking?: 'CONFIRMED' | 'CANCELLED';
  readonly cells: Readonly<Record<Role, string>>;
}

/** `as missing`: to the letter what is answered for a booking that does not exist. */
const cells = (anonymous: string, owner: string, other: string, admin: string) => ({ anonymous, owner, other, admin });

const everybody = cells('200', '200', '200', '200');

const customers = cells('401', '200', '200', '200');

export const data = cells('401', 'data', 'data', 'data');

const forAdmins = cells('401', 'Unauthorized', 'Unauthorized', 'data');

const restNewBooking = cells('401', '202 own', '202 own', '202 own');

const newBooking = cells('401', 'data own', 'data own', 'data own');

const bookingInput = ({ flightId, paymentToken }: Subject) => ({ outboundFlightId: flightId, paymentToken });

const graphqlBookingInput = ({ flightId, paymentToken, owner }: Subject): string =>
  `{bookingOutboundFlightId: "${flightId}", paymentToken: "${paymentToken}", customer: "${owner.sub}"}`;

const flightFields = `departureDate: "2030-01-01T06:00:00.000Z", departureAirportCode: "LHR", departureAirportName: "Heathrow",
  departureCity: "London", departureLocale: "Europe/London", arrivalDate: "2030-01-01T08:00:00.000Z", arrivalAirportCode: "DUB",
  arrivalAirportName: "Dublin", arrivalCity: "Dublin", arrivalLocale: "Europe/Dublin", ticketPrice: 100, ticketCurrency: "USD",
  flightNumber: 1, seatCapacity: 10`;

export const matrix: readonly Row[] = [
  // Open to everybody.
  { ...rest('$default'), cells: everybody },
  { ...rest('GET /health'), cells: everybody },
  { ...rest('GET /openapi.json'), cells: everybody },

  // The catalog and payments: every customer.
  { ...rest('GET /flights', () => ({ query: { departureAirportCode: 'LGW' } })), cells: customers },
  { ...graphql('query getFlight', ({ flightId }) => `(id: "${flightId}") { id }`), cells: data },
  { ...graphql('query listFlights', () => '(limit: 1) { items { id } }'), cells: data },
  {
    ...graphql('query getFlightBySchedule', () => '(departureAirportCode: "LHR", limit: 1) { items { id } }'),
    cells: data,
  },
  {
    ...rest('POST /payments/charges', () => ({ body: { amount: 100, currency: 'USD', stripeToken: 'tok_visa' } })),
    cells: customers,
  },
  { ...graphql('mutation createFlight', () => `(input: {${flightFields}}) { id }`), cells: forAdmins },
  {
    ...graphql('mutation updateFlight', ({ flightId }) => `(input: {id: "${flightId}", ticketPrice: 120}) { id }`),
    cells: forAdmins,
  },
  { ...graphql('mutation deleteFlight', ({ flightId }) => `(input: {id: "${flightId}"}) { id }`), cells: forAdmins },

  // Accounts: one's own, and any for Admins.
  { ...rest('GET /loyalty'), cells: customers },
  {
    ...rest('GET /loyalty', ({ owner }) => ({ query: { customer: owner.sub } })),
    as: "of the owner's account",
    cells: cells('401', '200', '403', '200'),
  },
  { ...graphql('query getLoyalty', () => ' { points }'), cells: data },
  {
    ...graphql('query getLoyalty', ({ owner }) => `(customer: "${owner.sub}") { points }`),
    as: "of the owner's account",
    cells: cells('401', 'data', 'Unauthorized', 'data'),
  },

  // Each caller books for themselves, also if the input names another customer.
  {
    ...rest('POST /bookings', (subject) => ({ body: bookingInput(subject) })),
    about: 'new booking',
    cells: restNewBooking,
  },
  {
    ...graphql('mutation processBooking', (subject) => `(input: ${graphqlBookingInput(subject)}) { id customer }`),
    about: 'new booking',
    cells: newBooking,
  },
  {
    ...graphql('mutation createBooking', (subject) => `(input: ${graphqlBookingInput(subject)}) { id customer }`),
    about: 'new booking',
    cells: newBooking,
  },

  // Reading bookings: one's own, and all for Admins.
  { ...rest('GET /bookings'), about: 'booking', cells: cells('401', '200 seen', '200 unseen', '200 unseen') },
  {
    ...rest('GET /bookings', ({ owner }) => ({ query: { customer: owner.sub } })),
    as: "of the owner's bookings",
    about: 'booking',
    cells: cells('401', '200 seen', '403', '200 seen'),
  },
  { ...rest('GET /bookings/{id}'), about: 'booking', cells: cells('401', '200 seen', 'as missing', '200 seen') },
  {
    ...rest('GET /bookings/{id}/history'),
    about: 'booking',
    cells: cells('401', '200 seen', 'as missing', '200 seen'),
  },
  {
    ...graphql('query getBooking', ({ bookingId }) => `(id: "${bookingId}") { id }`),
    about: 'booking',
    cells: cells('401', 'data seen', 'as missing', 'data seen'),
  },
  {
    ...graphql('query listBookings', (_, page) => `(limit: 100${page}) { items { id } nextToken }`),
    about: 'booking',
    cells: cells('401', 'data seen', 'data unseen', 'data seen'),
  },
  {
    ...graphql(
      'query getBookingByStatus',
      ({ owner }, page) => `(customer: "${owner.sub}", limit: 100${page}) { items { id } nextToken }`,
    ),
    about: 'booking',
    cells: cells('401', 'data seen', 'data unseen', 'data seen'),
  },

  // Changing them.
  {
    ...graphql('mutation updateBooking', ({ bookingId }) => `(input: {id: "${bookingId}", checkedIn: true}) { id }`),
    as: 'of checkedIn',
    about: 'booking',
    cells: cells('401', 'data seen', 'as missing', 'data seen'),
  },
  {
    ...graphql(
      'mutation updateBooking',
      ({ bookingId }) => `(input: {id: "${bookingId}", bookingReference: "REF"}) { id }`,
    ),
    as: 'of bookingReference',
    about: 'booking',
    cells: cells('401', 'FieldNotWritableError', 'as missing', 'data seen'),
  },
  {
    ...graphql('mutation updateBooking', ({ bookingId }) => `(input: {id: "${bookingId}", customer: "thief"}) { id }`),
    as: 'of customer',
    about: 'booking',
    cells: cells('401', 'FieldNotWritableError', 'as missing', 'FieldNotWritableError'),
  },
  {
    ...graphql('mutation updateBooking', ({ bookingId }) => `(input: {id: "${bookingId}", status: CANCELLED}) { id }`),
    as: 'of status',
    about: 'booking',
    cells: cells('401', 'FieldNotWritableError', 'as missing', 'FieldNotWritableError'),
  },
  {
    ...rest('DELETE /bookings/{id}'),
    about: 'booking',
    booking: 'CONFIRMED',
    cells: cells('401', '202 seen', 'as missing', '202 seen'),
  },
  {
    ...graphql('mutation cancelBooking', ({ bookingId }) => `(input: {id: "${bookingId}"}) { id }`),
    about: 'booking',
    booking: 'CONFIRMED',
    cells: cells('401', 'data seen', 'as missing', 'data seen'),
  },
  {
    ...graphql('mutation deleteBooking', ({ bookingId }) => `(input: {id: "${bookingId}"}) { id }`),
    about: 'booking',
    booking: 'CANCELLED',
    cells: cells('401', 'data seen', 'as missing', 'data seen'),
  },
];
