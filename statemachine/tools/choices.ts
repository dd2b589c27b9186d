import { isDeepStrictEqual } from 'node:util';
import { type ChoiceRule, plain } from './asl.ts';

/** A choice that does not depend on the legs, and what it is about, in words. */
export type FixedChoice = readonly [what: string, rule: ChoiceRule];

export const cancels = [
  { Variable: '$.action', IsPresent: true },
  { Variable: '$.action', StringEquals: 'cancel' },
] as const;

/** What every later state reads, as a text. */
const needed = ['trip_id', 'execution_id', 'started_at', 'outbound_flight_id'].map((field) => `$.${field}`);

const reject = { Next: 'RejectInput' };

interface FixedState {
  readonly choices: readonly FixedChoice[];
  readonly fallback: string;
}

/** The Choices that do not depend on the legs: the one list of them that the ASL is held equal to. */
export const fixedStates: Readonly<Record<string, FixedState>> = {
  RouteAction: {
    choices: [
      ['an input that lacks something', { Or: needed.map((Variable) => ({ Variable, IsPresent: false })), ...reject }],
      [
        'an input with something that is no text',
        { Or: needed.map((Variable) => ({ Not: { Variable, IsString: true } })), ...reject },
      ],
      ['what an earlier run noted', { Variable: '$.failedLayers', IsPresent: true, ...reject }],
      ['a cancel run', { And: cancels, Next: 'CancelBooking' }],
      ['an unknown action', { Variable: '$.action', IsPresent: true, ...reject }],
      [
        'a run under another name than its own',
        { Not: { Variable: '$$.Execution.Name', StringEqualsPath: '$.execution_id' }, ...reject },
      ],
    ],
    fallback: 'ReserveBooking',
  },
  CompensationOutcome: {
    choices: [
      [
        'a layer that could not be undone',
        { Variable: '$.failedLayers', IsPresent: true, Next: 'SendToDeadLetterQueue' },
      ],
    ],
    fallback: 'CloseBooking',
  },
  FinalOutcome: {
    choices: [['a cancel run', { And: cancels, Next: 'We have cancelled your booking' }]],
    fallback: "Sorry, We Couldn't make the booking",
  },
};

/** @returns a sentence for the first choice that is another one */
export function fixedProblems(state: string, found: readonly ChoiceRule[], fixed: readonly FixedChoice[]): string[] {
  for (const [index, [what, rule]] of fixed.entries()) {
    if (isDeepStrictEqual(plain(found[index]), rule)) continue;
    return [`${state}: choice ${index + 1} should be that of ${what}: ${JSON.stringify(rule)}`];
  }
  return [];
}
