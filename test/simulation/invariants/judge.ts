import { allLegs } from '#functions/legs.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { type PartKind, partOf, pointsOf, violationsOf } from '#test/support/kill-rounds/audit.ts';
import type { Books } from '#test/support/kill-rounds/books.ts';
import { isRestored, type Plan } from '../plans/plan.ts';
import { booksOf, itemsOf } from '../world/books.ts';
import type { Deeds } from '../world/deeds.ts';
import { queues } from '../world/stack.ts';
import { customer, flightId, trips } from '../world/trips.ts';
import type { World } from '../world/world.ts';
import { answerProblems } from './answers.ts';
import { chargeProblems } from './charges.ts';
import { headersThrough } from './headers.ts';
import { letterProblems, sentMoreThanOnce } from './letters.ts';
import { lastMessages, untrueMessages } from './messages.ts';
import { endsByItself, isMendedByRetries, isToBeConfirmed, isUndisturbed } from './passing.ts';
import { reasonProblems, seatProblems } from './seats.ts';

export interface Judged {
  readonly world: World;
  readonly deeds: Deeds;
  readonly seats: number;
  readonly plan: Plan;
}

/** What is wrong once all is quiet, before the causes are mended. */
export function problemsWhenQuiet({ world, deeds, plan }: Judged, isHealed: boolean): string[] {
  const [letters, books] = [lettersOf(world), booksOf(world.cloud)];
  const problems = [
    ...letterProblems({ letters, books, plan, isHealed }),
    ...chargeProblems(books, deeds.runs),
    ...reasonProblems(books),
    ...answerProblems(world.trace, deeds),
    ...(isMendedByRetries(plan) ? deeds.broken : []),
  ];
  if (isMendedByRetries(plan)) {
    for (const { kind, execution } of letters)
      problems.push(`a ${kind} letter of ${execution}, although a retry mends everything`);
  }
  if (isToBeConfirmed(plan) && books.headers.get(trips.book)?.status !== 'CONFIRMED')
    problems.push(`booking ${trips.book} is not made, although a retry mends everything`);
  // The reconciler redrives what has a dead letter, too.
  if ((!isHealed && endsByItself(plan)) || isUndisturbed(plan)) {
    for (const { name } of world.cloud.executions())
      if (/\.r[rc]-\d+$/.test(name)) problems.push(`${name} redrives what has ended by itself`);
  }
  return problems;
}

/** What is wrong once the causes are mended, the letters moved back, and all is quiet. */
export function problemsAtTheEnd({ world, deeds, seats, plan }: Judged): string[] {
  const { cloud, trace } = world;
  const books = booksOf(cloud);
  const isByGraphQl = plan.acts.some(({ what }) => what.startsWith('process'));
  const problems = violationsOf(books, {
    seats: new Map([[flightId, seats]]),
    parts: isByGraphQl ? new Map() : partsAsked(books, deeds),
  });
  for (const { name, status } of cloud.executions()) if (status === 'RUNNING') problems.push(`${name} never ends`);
  for (const { queue, body } of cloud.messages())
    problems.push(`queue ${queue}: a message is left: ${body.slice(0, 200)}`);
  const account = itemsOf(cloud).find(({ pk, sk }) => pk === `LOYALTY#${customer}` && sk === 'ACCOUNT');
  const points = pointsOf(books).get(customer) ?? 0;
  // The queue has no more the messages that it delivered before the table was restored.
  if (Number(account?.points ?? 0) !== points && !isRestored(plan)) {
    problems.push(`${customer} has ${account?.points ?? 0} points, the bookings give ${points}`);
  }
  const { ended, opened, undone, needless, untrue } = headersThrough(trace, deeds);
  problems.push(...undone, ...untrue, ...seatProblems(trace, seats), ...chargeProblems(books, deeds.runs));
  for (const [id, { status, execution_id: execution, bookingReference: reference }] of books.headers) {
    if (status === 'CONFIRMED' && reference !== bookingReferenceOf(String(execution)))
      problems.push(`booking ${id} of ${execution} has the reference ${reference}`);
  }
  if (!plan.faults.some(({ target, kind }) => target.startsWith('SendTo') && sentMoreThanOnce.has(kind)))
    problems.push(...needless);
  problems.push(...untrueMessages(trace, deeds.moved, deeds.runs));
  const messages = lastMessages(trace, deeds.moved);
  for (const [execution, status] of ended) {
    const told = messages.get(bookingReferenceOf(execution));
    if (told !== status) problems.push(`${execution} ended ${status} and was told last to be ${told ?? 'nothing'}`);
  }
  for (const createdAt of deeds.stale) {
    if (!opened.has(createdAt))
      problems.push(`a booking of ${createdAt} was told to be under way, and never comes to an end`);
  }
  for (const execution of deeds.cancelled) {
    const status = ended.get(execution);
    if (status !== 'CANCELLED') problems.push(`${execution} is ${status}, although its cancellation was accepted`);
  }
  return problems;
}

/** A trip has every leg that its run was given: all that the release has which was asked. By GraphQL it is a flight alone. */
function partsAsked({ headers }: Books, { runs, posted }: Deeds): ReadonlyMap<string, readonly PartKind[]> {
  return new Map(
    Object.values(trips).map((trip) => {
      const execution = headers.get(trip)?.execution_id;
      const given = runs.find(({ execution_id }) => execution_id === execution);
      const legs = given ? allLegs.filter(({ identity }) => identity.every((field) => field in given)) : posted?.legs;
      return [trip, [...(legs ?? allLegs).map(partOf), 'PAYMENT']];
    }),
  );
}

export const lettersOf = ({ cloud }: World): DeadLetter[] =>
  cloud.messages().flatMap(({ queue, body }) => (queue === queues.letters ? [JSON.parse(body) as DeadLetter] : []));
