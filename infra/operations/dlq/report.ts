import type { LetterFailure } from '#schema/dead-letter.ts';
import { describeLetter } from './description.ts';
import type { Standings } from './outcome.ts';
import type { HeldLetter } from './queue.ts';
import type { Redriven } from './redrive.ts';

const shownOfId = 8;

/** `RefundPayment: Timeout: the bank is closed`, in one line. */
const lineOf = ({ layer, error, cause }: LetterFailure): string =>
  [layer, error, cause?.replaceAll(/\s+/g, ' ')].filter(Boolean).join(': ');

/** Lines of `list`. */
export function listOf(letters: readonly HeldLetter[], now: Date): string[] {
  if (letters.length === 0) return ['no dead letters'];
  return letters.flatMap(({ id, box, sentAt, body }) => {
    const { about, failures } = describeLetter(body);
    const line = `${id.slice(0, shownOfId)}  ${box.name}  ${ageOf(sentAt, now)}  ${about}`;
    return [line, ...failures.map((failure) => `    ${lineOf(failure)}`)];
  });
}

/** `list --json`. */
export function dataOf(letters: readonly HeldLetter[]): readonly object[] {
  return letters.map(({ id, box, sentAt, body }) => {
    const { about, failures, run } = describeLetter(body);
    return { id, queue: box.queueName, sentAt: sentAt.toISOString(), about, failures, run };
  });
}

/** Lines of `show`: the letter, and how its booking stands now. */
export async function detailsOf({ id, box, sentAt, body }: HeldLetter, standings: Standings): Promise<string[]> {
  const { about, failures, run } = describeLetter(body);
  const lines = [
    `${id} in ${box.name} since ${sentAt.toISOString()}`,
    about,
    ...failures.map((failure) => `  ${lineOf(failure)}`),
  ];
  if (run !== undefined) {
    const booking = await standings.booking(run.tripId);
    lines.push(
      booking === undefined
        ? 'the trip has no booking'
        : `the booking is ${booking.status}${booking.executionId === run.executionId ? '' : `, of another run (${booking.executionId})`}`,
    );
    const started = run.starts === undefined ? undefined : await standings.run(run.starts);
    if (run.starts !== undefined)
      lines.push(`redriving it starts ${run.starts} (${started?.status ?? 'not started yet'})`);
  }
  return [...lines, '', prettied(body)];
}

/** Lines of `redrive`. */
export function resultsOf(results: readonly Redriven[]): string[] {
  if (results.length === 0) return ['there is no dead letter to redrive'];
  return results.flatMap(({ id, about, outcome: { isDone, text } }) => [
    `${id.slice(0, shownOfId)}  ${about}`,
    `    ${isDone ? 'done' : 'NOT DONE'}: ${text}`,
  ]);
}

function ageOf(sentAt: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - sentAt.getTime()) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

function prettied(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
