import { allLegs } from '#functions/legs.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';
import { forwardOrderOf, layers } from '../../statemachine/tools/layers.ts';

/** Errors by which a mocked state fails each time, by what a plan of the simulator calls that. */
const failures = {
  fail: 'InjectedFaultError',
  hang: 'States.Timeout',
  busy: 'Lambda.TooManyRequestsException',
} as const;
type Failure = keyof typeof failures;

/** Of the state machine's physical name. */
export const machinePart = 'process-booking';

/** More than any retrier tries. */
const lastAttempt = 9;

/** A plan that a mock configuration can say: states that fail each time, before they have done anything. */
export interface MockCase {
  /** Of the test case: `ConfirmBooking_RefundPayment-fail`. */
  readonly name: string;
  /** By state. */
  readonly errors: Readonly<Record<string, string>>;
  /** The same for `npm run simulate -- --plan`. */
  readonly plan: string;
}

type Fault = readonly [state: string, failure: Failure];

const { States } = readSaga();
const isFunction = (state: string): boolean => String(States[state]?.Resource).startsWith('{{');
/** What the machine does with a service's own error is another error's than with Lambda's. */
const kindsFor = (state: string): Failure[] => (isFunction(state) ? ['fail', 'hang', 'busy'] : ['hang']);

/** Letters, digits, hyphens and underscores, as LocalStack's ARNs take them; a step that plainly fails before another is named alone. */
const nameOf = (faults: readonly Fault[]): string =>
  faults.map(([state, kind], at) => (at < faults.length - 1 && kind === 'fail' ? state : `${state}-${kind}`)).join('_');

function mockCase(...faults: readonly Fault[]): MockCase {
  return {
    name: nameOf(faults),
    errors: Object.fromEntries(faults.map(([state, failure]) => [state, failures[failure]])),
    plan: ['book', ...faults.map(([state, failure]) => `${state}=${failure}${failure === 'busy' ? '*4' : ''}`)].join(
      ' ',
    ),
  };
}

const forward = forwardOrderOf(allLegs);
const backward = layers.map(({ compensation }) => compensation);

/** Each forward step failing in each way; each layer failing to be undone; what comes behind them; the messages. */
export const mockCases: readonly MockCase[] = [
  ...forward.flatMap((state) => kindsFor(state).map((kind) => mockCase([state, kind]))),
  ...backward.flatMap((state) => kindsFor(state).map((kind) => mockCase(['ConfirmBooking', 'fail'], [state, kind]))),
  ...['CancelBooking', 'CloseBooking', 'NotifyBookingFailed'].map((state) =>
    mockCase(['TakePayment', 'fail'], [state, 'fail']),
  ),
  mockCase(['NotifyBookingConfirmed', 'fail']),
];

/**
 * As Step Functions Local reads it, and LocalStack and MiniStack with it: an execution of `<machine's ARN>#<case>` finds these
 * states mocked and calls all others. https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export function mockConfig(machineName: string): object {
  const responses = new Map<string, object>();
  const responseOf = (error: string): string => {
    const name = `Always${error.replaceAll('.', '')}`;
    responses.set(name, { [`0-${lastAttempt}`]: { Throw: { Error: error, Cause: 'Planned' } } });
    return name;
  };
  const TestCases = Object.fromEntries(
    mockCases.map(({ name, errors }) => [
      name,
      Object.fromEntries(Object.entries(errors).map(([state, error]) => [state, responseOf(error)])),
    ]),
  );
  return { StateMachines: { [machineName]: { TestCases } }, MockedResponses: Object.fromEntries(responses) };
}
