import type { Target } from '#test/support/e2e/target.ts';
import { type Expected, pointsOf, violationsOf } from './audit.ts';
import { type Books, readBooks, standingOf } from './books.ts';
import { Client, type Reply } from './client.ts';
import type { Booking, ClientRequest, KnownBookings } from './requests.ts';
import { leftInQueues, moveLettersBack, settled } from './settle.ts';

/** So long a round may take to settle before that counts as a violation. */
const settleWithinMs = 60_000;

export interface Audited {
  readonly books: Books;
  readonly letters: number;
  readonly problems: readonly string[];
}

/** Lets everything come to its end, moves dead letters back as an operator does, and looks at what is left. */
export async function audited(cloud: Target, expected: Expected): Promise<Audited> {
  const deadline = Date.now() + settleWithinMs;
  let letters = 0;
  try {
    for (;;) {
      await settled(cloud, deadline);
      const moved = await moveLettersBack(cloud);
      if (moved === 0) break;
      letters += moved;
    }
  } catch (error) {
    return { books: await readBooks(cloud), letters, problems: [(error as Error).message] };
  }
  const books = await readBooks(cloud);
  const problems = [
    ...violationsOf(books, expected),
    ...(await pointProblems(cloud, books)),
    ...(await leftInQueues(cloud)),
  ];
  return { books, letters, problems };
}

async function pointProblems(cloud: Target, books: Books): Promise<string[]> {
  const problems: string[] = [];
  for (const [customer, points] of pointsOf(books)) {
    const { body } = await (await Client.of(cloud, customer)).get('/loyalty');
    if (body.points !== points) problems.push(`${customer} has ${body.points} points, the bookings give ${points}`);
  }
  return problems;
}

/** The answers to a client that repeats its request after the restart. */
export function replyProblems(request: ClientRequest, first: Reply | undefined, second: Reply): string[] {
  const problems: string[] = [];
  const answered = (reply: Reply) => reply.status < 300 && request.bookingOf(reply) !== undefined;
  if (first !== undefined && !answered(first)) problems.push(`${request.what}: ${first.status} ${first.text}`);
  if (!answered(second)) problems.push(`${request.what}, repeated: ${second.status} ${second.text}`);
  if (request.sameReply && first !== undefined && first.text !== second.text) {
    problems.push(`${request.what}: ${first.text}, then ${second.text}`);
  }
  return problems;
}

/** Bookings that were confirmed and are no longer, although they were not cancelled. */
export function changedBookings(earlier: readonly Books[], now: Books, requests: readonly ClientRequest[]): string[] {
  const cancelled = new Set(requests.map(({ cancels }) => cancels));
  return earlier.flatMap((books) =>
    knownBookings(books).confirmed.flatMap(({ id }) => {
      const [was, is] = [standingOf(books, id), standingOf(now, id)];
      return was === is || cancelled.has(id) ? [] : [`booking ${id} was ${was} and is ${is}`];
    }),
  );
}

/** Accepted requests of which nothing has come. */
export function missingBookings(books: Books, requests: readonly ClientRequest[], replies: readonly Reply[]): string[] {
  return requests.flatMap((request, index) => {
    const id = request.bookingOf(replies[index] as Reply);
    if (id === undefined) return [];
    const status = books.headers.get(id)?.status;
    if (request.cancels !== undefined && status !== 'CANCELLED') return [`${request.what}: ${status}`];
    return status === undefined ? [`${request.what}: there is no booking`] : [];
  });
}

export function knownBookings({ headers }: Books): KnownBookings {
  const of = (wanted: string): Booking[] =>
    [...headers].flatMap(([id, { status, customer }]) =>
      status === wanted ? [{ id, customer: String(customer) }] : [],
    );
  return { confirmed: of('CONFIRMED'), cancelled: of('CANCELLED') };
}
