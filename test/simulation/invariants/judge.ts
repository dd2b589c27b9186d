import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { pointsOf, violationsOf } from '#test/support/kill-rounds/audit.ts';
import { isRestored, type Plan } from '../plans/plan.ts';
import type { Deeds } from '../world/acts.ts';
import { booksOf, itemsOf } from '../world/books.ts';
import { queues } from '../world/stack.ts';
import { customer, flightId } from '../world/trips.ts';
import type { World } from '../world/world.ts';
import { headersThrough } from './headers.ts';
import { letterProblems, sentMoreThanOnce } from './letters.ts';
import { lastMessages } from './messages.ts';

export interface Judged {
  readonly world: World;
  readonly deeds: Deeds;
  readonly seats: number;
  readonly plan: Plan;
}

/** What is wrong with the dead letters once all is quiet. */
export function problemsWithLetters({ world, plan }: Judged, isHealed: boolean): string[] {
  return letterProblems({ letters: lettersOf(world), books: booksOf(world.cloud), plan, isHealed });
}

/** What is wrong once the causes are mended, the letters moved back, and all is quiet. */
export function problemsAtTheEnd({ world, deeds, seats, plan }: Judged): string[] {
  const { cloud, trace } = world;
  const books = booksOf(cloud);
  const problems = violationsOf(books, { seats: new Map([[flightId, seats]]), parts: new Map() });
  for (const { name, status } of cloud.executions()) if (status === 'RUNNING') problems.push(`${name} never ends`);
  for (const { queue, body } of cloud.messages())
    problems.push(`queue ${queue}: a message is left: ${body.slice(0, 200)}`);
  const account = itemsOf(cloud).find(({ pk, sk }) => pk === `LOYALTY#${customer}` && sk === 'ACCOUNT');
  const points = pointsOf(books).get(customer) ?? 0;
  // The queue has no more the messages that it delivered before the table was restored.
  if (Number(account?.points ?? 0) !== points && !isRestored(plan)) {
    problems.push(`${customer} has ${account?.points ?? 0} points, the bookings give ${points}`);
  }
  const { ended, undone, needless } = headersThrough(trace, deeds);
  problems.push(...undone);
  if (!plan.faults.some(({ target, kind }) => target.startsWith('SendTo') && sentMoreThanOnce.has(kind)))
    problems.push(...needless);
  const messages = lastMessages(trace);
  for (const [execution, status] of ended) {
    const told = messages.get(bookingReferenceOf(execution));
    if (told !== status) problems.push(`${execution} ended ${status} and was told last to be ${told ?? 'nothing'}`);
  }
  for (const execution of deeds.cancelled) {
    const status = ended.get(execution);
    if (status !== 'CANCELLED') problems.push(`${execution} is ${status}, although its cancellation was accepted`);
  }
  return problems;
}

export const lettersOf = ({ cloud }: World): DeadLetter[] =>
  cloud.messages().flatMap(({ queue, body }) => (queue === queues.letters ? [JSON.parse(body) as DeadLetter] : []));
