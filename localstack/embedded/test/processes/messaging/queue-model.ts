/** What two queues may hold after a kill, by the calls that were acknowledged and the one that was not. */
import { type Call, mostReceives, type Outcome } from './queue-log.ts';

export interface Placed {
  readonly queue: 'orders' | 'dead';
  readonly receives: number;
}

/** By body, which is a message's own. */
export type Contents = ReadonlyMap<string, Placed>;

/** The contents after a call that was acknowledged, and what is wrong with its answer. */
export function after(contents: Contents, call: Call, { received, dead }: Outcome): [Contents, string[]] {
  const next = new Map(contents);
  const problems: string[] = [];
  if (call.kind === 'send') for (const body of call.bodies) next.set(body, { queue: 'orders', receives: 0 });
  if (call.kind === 'delete') next.delete(call.body);
  if (call.kind === 'moveBack') for (const body of deadOf(contents)) next.set(body, { queue: 'orders', receives: 0 });
  for (const body of dead) {
    const was = next.get(body);
    if (was?.queue !== 'orders' || was.receives < mostReceives) problems.push(`${body} died as ${JSON.stringify(was)}`);
    next.set(body, { queue: 'dead', receives: was?.receives ?? 0 });
  }
  for (const [body, receives] of received) {
    const was = next.get(body);
    if (was?.queue !== 'orders' || was.receives !== receives - 1) {
      problems.push(`${body} was received as number ${receives}, and was ${JSON.stringify(was)}`);
    }
    next.set(body, { queue: 'orders', receives });
  }
  return [next, problems];
}

const deadOf = (contents: Contents): string[] =>
  [...contents].flatMap(([body, { queue }]) => (queue === 'dead' ? [body] : []));

const same = (one: Placed | undefined, other: Placed | undefined): boolean =>
  one?.queue === other?.queue && one?.receives === other?.receives;

/** What is wrong with the contents that were found, where the last call may have been done whole or not at all. */
export function problemsOf(found: Contents, known: Contents, last: Call | undefined): string[] {
  const undone = differences(found, known);
  if (undone.length === 0 || last === undefined) return undone;
  if (last.kind === 'receive') return receiveProblems(found, known);
  const [done] = after(known, last, { received: [], dead: [] });
  return differences(found, done).length === 0 ? [] : [`neither before nor after ${JSON.stringify(last)}: ${undone}`];
}

function differences(found: Contents, expected: Contents): string[] {
  return [...new Set([...found.keys(), ...expected.keys()])].flatMap((body) =>
    same(found.get(body), expected.get(body))
      ? []
      : [`${body} is ${JSON.stringify(found.get(body))}, not ${JSON.stringify(expected.get(body))}`],
  );
}

/** Up to ten were received once more, and those that had been received too often may have died. */
function receiveProblems(found: Contents, known: Contents): string[] {
  return differences(found, known).filter((difference) => {
    const body = difference.slice(0, difference.indexOf(' '));
    const [is, was] = [found.get(body), known.get(body)];
    if (!is || was?.queue !== 'orders') return true;
    const died = is.queue === 'dead' && was.receives >= mostReceives && is.receives === was.receives;
    return !died && !(is.queue === 'orders' && is.receives === was.receives + 1);
  });
}
