import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { suffixAfter } from '#functions/booking/accepting/idempotency-key.ts';
import { aBookingRequest, aConfirmedBooking, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { allOperations, graphql, type Role, rest, type Subject, send } from '#test/support/e2e/authorization.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { aTripId, ended, executionArn, headerOf } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

/** How much of the booking the answer tells, `seen` or `unseen`; or whom a new booking was made for. */
type About = 'booking' | 'new booking' | 'nothing';

interface Row extends ReturnType<typeof rest> {
  /** Told apart where an operation has several rows. */
  readonly as?: string;
  readonly about?: About;
  /** What the booking is at before the attempt; allowed attempts get one of their own. */
  readonly booking?: 'CONFIRMED' | 'CANCELLED';
  readonly cells: Readonly<Record<Role, string>>;
}

/** `as missing`: to the letter what is answered for a booking that does not exist. */
const cells = (anonymous: string, owner: string, other: string, admin: string) => ({ anonymous, owner, other, admin });

const everybody = cells('200', '200', '200', '200');
const customers = cells('401', '200', '200', '200');
const data = cells('401', 'data', 'data', 'data');
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

const matrix: readonly Row[] = [
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

  // Making a booking: for oneself, whoever one is and whatever one says.
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

const roles: readonly Role[] = ['anonymous', 'owner', 'other', 'admin'];

let target: Target;
let callers: Readonly<Record<Role, Customer | undefined>>;
let owner: Customer;
/** What nobody is to change. */
let kept: string;

beforeAll(async () => {
  target = await openTarget();
  const [other, admin] = await Promise.all([customerOf(target, 'other'), customerOf(target, 'root', { admin: true })]);
  owner = await customerOf(target, 'owner');
  callers = { anonymous: undefined, owner, other, admin };
  kept = await aBooking('CONFIRMED');
});
afterAll(() => target.close());

/** The owner's booking, made and where need be undone by the saga. */
async function aBooking(status: 'CONFIRMED' | 'CANCELLED'): Promise<string> {
  const id = await aConfirmedBooking(target, owner);
  if (status === 'CANCELLED') {
    await api(target, owner, `/bookings/${id}`, { method: 'DELETE' });
    await bookingAt(target, owner, id, status);
  }
  return id;
}

/** What an attempt is about, with a flight and a charge of its own. */
async function aSubject(bookingId: string, payer: Customer): Promise<Subject> {
  const { outboundFlightId, paymentToken } = await aBookingRequest(target, payer);
  return { bookingId, owner, flightId: String(outboundFlightId), paymentToken: String(paymentToken) };
}

function outcomeFor(about: About, answer: { outcome: string; text: string }, id: string, caller: Customer | undefined) {
  const { outcome, text } = answer;
  if (about === 'nothing' || !/^(2\d\d|data)$/.test(outcome)) return outcome;
  if (about === 'booking') return `${outcome} ${text.includes(id) ? 'seen' : 'unseen'}`;
  return `${outcome} ${text.includes(`"customer":"${caller?.sub}"`) ? 'own' : 'foreign'}`;
}

/** Without what differs between any two requests. */
const withoutIds = (text: string, id: string): string =>
  text.replaceAll(id, '<id>').replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"');

describe('the authorization matrix', () => {
  it('has a row for every operation of REST and GraphQL', () => {
    const rows = new Set(matrix.map(({ operation }) => operation));

    expect([...rows].sort()).toEqual(allOperations().sort());
  });

  const attempts = matrix.flatMap((row) => roles.map((role) => ({ row, role, cell: row.cells[role] })));
  it.each(attempts.map(({ row, role, cell }) => [role, `${row.operation} ${row.as ?? ''}`.trim(), cell, row] as const))(
    'given %s, when it asks for %s, then %s',
    async (role, _, cell, row) => {
      const caller = callers[role];
      const own = row.booking !== undefined && /seen/.test(cell);
      const bookingId = own ? await aBooking(row.booking) : kept;
      const subject = await aSubject(bookingId, caller ?? owner);
      const answer = await send(target, row.attempt(subject), caller);

      if (cell !== 'as missing') {
        expect([outcomeFor(row.about ?? 'nothing', answer, bookingId, caller), answer.text]).toEqual([
          cell,
          answer.text,
        ]);
        return;
      }
      const missing = aTripId();
      const twin = await send(target, row.attempt({ ...subject, bookingId: missing }), caller);
      expect([answer.outcome, withoutIds(answer.text, bookingId)]).toEqual([
        twin.outcome,
        withoutIds(twin.text, missing),
      ]);
      expect(answer.outcome).toMatch(/^(404|null|DynamoDB:ConditionalCheckFailedException|BookingNotFoundError)$/);
    },
  );

  const reads = matrix.filter(({ operation }) => operation.startsWith('GET '));
  it.each(reads.flatMap((row) => roles.map((role) => [role, `${row.operation} ${row.as ?? ''}`.trim(), row] as const)))(
    'given %s, when it asks for %s by HEAD, then it is told the same status and nothing else',
    async (role, _, row) => {
      const caller = callers[role];
      const attempt = row.attempt(await aSubject(kept, caller ?? owner));
      const get = await send(target, attempt, caller);
      const head = await api(target, caller, attempt.path, { method: 'HEAD' });

      expect([String(head.status), head.text]).toEqual([get.outcome, '']);
    },
  );

  it("given the id of the owner's cancelled booking, when another customer books under it, then it stays the owner's", async () => {
    const id = await aBooking('CANCELLED');
    const other = callers.other as Customer;
    const request = await aBookingRequest(target, other, { id });
    expect((await postBooking(target, other, request, id)).status).toBe(202);
    const header = await headerOf(target, id);
    const refused = suffixAfter(other.sub, id, String(header?.execution_id));
    await ended(target, executionArn(target, `${id}.${refused}`));

    expect((await api(target, owner, `/bookings/${id}`)).body).toMatchObject({
      customer: owner.sub,
      status: 'CANCELLED',
    });
    expect((await api(target, other, `/bookings/${id}`)).body).toMatchObject({
      customer: other.sub,
      status: expect.stringMatching(/^(UNCONFIRMED|CANCELLED)$/),
    });
  });

  it('leaves the booking to its owner: refused attempts changed nothing', async () => {
    const attempt = graphql('query getBooking', ({ bookingId }) => `(id: "${bookingId}") { status customer }`).attempt;
    const { text } = await send(target, attempt(await aSubject(kept, owner)), owner);

    expect(JSON.parse(text).data.getBooking).toEqual({ status: 'CONFIRMED', customer: owner.sub });
  });
});
