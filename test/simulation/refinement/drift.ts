import { describeState } from '#test/model/state/describe-state.ts';
import type { State } from '#test/model/state/layout.ts';
import type { Candidate } from './candidates.ts';

interface Parts {
  readonly events: number;
  readonly what: string;
  readonly candidates: readonly Candidate[];
  readonly reached: readonly Candidate[];
  readonly seen: State;
}

const mostShown = 6;

const begins = 'The model does not explain step';

/** Whether a problem is one of this kind. */
export const isDrift = (problem: string): boolean => problem.startsWith(begins);

/** What was seen, and what the model would have had instead. */
export function driftText({ events, what, candidates, reached, seen }: Parts): string {
  return [
    `${begins} ${events}: ${what}`,
    `  seen: ${tableOf(seen)}`,
    ...listed('  before: ', candidates),
    ...(reached.length === 0 ? ['  expected: no action of the model is one of this'] : listed('  expected: ', reached)),
  ].join('\n');
}

function listed(head: string, candidates: readonly Candidate[]): string[] {
  const shown = [...new Set(candidates.map(lineOf))];
  return [...shown.slice(0, mostShown).map((line) => `${head}${line}`), ...(shown.length > mostShown ? ['  …'] : [])];
}

const lineOf = ({ state, way }: Candidate): string => `${way?.action.says ?? 'nothing yet'}: ${tableOf(state)}`;

/** Messages are no part of the comparison. */
const tableOf = (state: State): string => describeState(state).replace(/ \| told .*/, '');
