import type { PartKind } from './audit.ts';
import { readBooks, seatsOf } from './books.ts';
import { audited, changedBookings, knownBookings, missingBookings, replyProblems } from './checks.ts';
import type { Reply } from './client.ts';
import { killAmid, newFlights, startCloud } from './cloud.ts';
import { QueueClient } from './messages.ts';
import { randomOf } from './random.ts';
import { planRequests } from './requests.ts';
import { abortedOf } from './settle.ts';

export interface KillRoundsOptions {
  readonly rounds: number;
  /** In flight at each kill. */
  readonly requests: number;
  readonly seed: number;
  readonly dataFolder: string;
  /** Epoch milliseconds after which no further round begins. */
  readonly deadline?: number;
  readonly say?: (line: string) => void;
}

export interface KillRoundsReport {
  readonly rounds: number;
  readonly kills: number;
  readonly requests: number;
  /** First tries that were answered before the kill. */
  readonly answered: number;
  /** Runs that a kill ended. */
  readonly aborted: number;
  /** Dead letters that were moved back. */
  readonly letters: number;
  readonly confirmed: number;
  readonly cancelled: number;
  /** None, or those of the last round. */
  readonly violations: readonly string[];
}

/** Kills the local cloud again and again while customers book, and repeats their requests after each restart. */
export async function killRounds(options: KillRoundsOptions): Promise<KillRoundsReport> {
  const { dataFolder, deadline = Number.POSITIVE_INFINITY, say = () => undefined } = options;
  const random = randomOf(options.seed);
  const count = { rounds: 0, kills: 0, requests: 0, answered: 0, aborted: 0, letters: 0, confirmed: 0, cancelled: 0 };
  let violations: readonly string[] = [];
  let cloud = await startCloud(dataFolder);
  const flights = await newFlights(cloud);
  const queueClient = await QueueClient.open(cloud);
  let books = await readBooks(cloud);
  const parts = new Map<string, readonly PartKind[]>();
  const expected = { parts, seats: new Map([...books.flights].map(([id, flight]) => [id, seatsOf(flight)])) };

  while (count.rounds < options.rounds && Date.now() < deadline && violations.length === 0) {
    const known = knownBookings(books);
    const requests = await planRequests(cloud, random, { count: options.requests, flights, known });
    const killed = await killAmid(cloud, requests, queueClient, random, dataFolder);
    cloud = await startCloud(dataFolder);
    const restarted = await readBooks(cloud);
    const messageProblems = await queueClient.problems(cloud);
    const replies = await Promise.all(requests.map((request) => request.send(cloud)));
    for (const [index, request] of requests.entries()) {
      const id = request.bookingOf(replies[index] as Reply);
      if (id !== undefined && request.parts) parts.set(id, request.parts);
    }
    const after = await audited(cloud, expected);
    violations = [
      ...messageProblems,
      ...requests.flatMap((request, index) => replyProblems(request, killed.replies[index], replies[index] as Reply)),
      ...after.problems,
      ...missingBookings(after.books, requests, replies),
      ...changedBookings([books, restarted], after.books, requests),
    ];
    books = after.books;
    const { confirmed, cancelled } = knownBookings(books);
    count.rounds += 1;
    count.kills += killed.kills;
    count.requests += requests.length;
    count.answered += killed.replies.filter((reply) => reply !== undefined).length;
    count.aborted += await abortedOf(cloud, killed.at);
    count.letters += after.letters;
    Object.assign(count, { confirmed: confirmed.length, cancelled: cancelled.length });
    say(JSON.stringify(count));
    for (const violation of violations) say(`  ${violation}`);
  }
  // With a violation the folder is as it was found.
  await (violations.length === 0 ? cloud.close() : cloud.kill());
  return { ...count, violations };
}
