import { beforeAll, describe, expect, it } from '@jest/globals';
import { suffixAfter } from '#functions/booking/accepting/idempotency-key.ts';
import { aBookingRequest, aConfirmedBooking, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { allOperations, graphql, type Role, type Subject, send } from '#test/support/e2e/authorization.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { aTripId, ended, executionArn, headerOf } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { type About, matrix } from './authorization-matrix.ts';

const roles: readonly Role[] = ['anonymous', 'owner', 'other', 'admin'];

const target = openSuite(openTarget);

let callers: Readonly<Record<Role, Customer | undefined>>;

let owner: Customer;

/** Fields that no caller may change. */
let kept: string;
beforeAll(async () => {
  const [other, admin] = await Promise.all([customerOf(target, 'other'), customerOf(target, 'root', { admin: true })]);
  owner = await customerOf(target, 'owner');
  callers = { anonymous: undefined, owner, other, admin };
  kept = await aBooking('CONFIRMED');
});

/** The owner's booking, made and where need be undone by the saga. */
async function aBooking(status: 'CONFIRMED' | 'CANCELLED'): Promise<string> {
  const id = await aConfirmedBooking(target, owner);
  if (status === 'CANCELLED') {
    await api(target, owner, `/bookings/${id}`, { method: 'DELETE' });
    await bookingAt(target, owner, id, status);
  }
  return id;
}

/** The subject of an attempt, with a flight and a charge of its own. */
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
    'given %s, when it requests %s by HEAD, then it gets the same status and no body',
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
