import { always, booking } from '#test/machine/saga-runs.ts';
import { type FakeFault, runSaga } from '#test/support/fake-machine.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';

interface Handler {
  readonly ErrorEquals: readonly string[];
}

interface State {
  readonly Type: string;
  readonly Retry?: readonly Handler[];
  readonly Catch?: readonly Handler[];
}

/** Tasks of the machine, by name. */
export const tasks: ReadonlyMap<string, State> = new Map(
  Object.entries(readSaga().States as unknown as Record<string, State>).filter(([, { Type }]) => Type === 'Task'),
);

/** An error of a state. */
export interface StateError {
  readonly state: string;
  readonly error: string;
}

/** For each Task all errors that it names, and one that it does not. */
export const stateErrors: readonly StateError[] = [...tasks].flatMap(([state, { Retry = [], Catch = [] }]) =>
  [...new Set([...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals).concat('Unheard'))]
    .filter((error) => error !== 'States.ALL')
    .map((error) => ({ state, error })),
);

const failed = { Error: 'E', Cause: 'C' };

/** A run with what the states before may have noted, as far as letters have it inside: any state may begin with it. */
export const anyInput = {
  ...booking,
  failedLayers: {},
  NotifyBookingConfirmedError: failed,
  NotifyBookingFailedError: failed,
};

/** What the machine does with an error. */
export interface Outcome {
  readonly isRetried: boolean;
  /** The state after the retries; undefined where the execution fails. */
  readonly next: string | undefined;
}

/** By a run of the machine in which the state fails with it each time. */
export async function outcomeOf({ state, error }: StateError): Promise<Outcome> {
  const { attempts, states } = await runSaga(booking, {
    faults: { ...wayTo(state), [state]: { error, times: always } },
  });
  const tried = attempts[state];
  if (tried === undefined) throw new Error(`No run comes to ${state}`);
  return { isRetried: tried > 1, next: states[states.indexOf(state) + 1] };
}

/** Faults by which a run comes to a state. */
function wayTo(state: string): Record<string, FakeFault> {
  const failing = (name: string): Record<string, FakeFault> => ({
    [name]: { error: 'InjectedFaultError', times: always },
  });
  if (state === 'SendConfirmationToDeadLetterQueue') return failing('NotifyBookingConfirmed');
  if (state === 'SendToDeadLetterQueue') return { ...failing('ConfirmBooking'), ...failing('RefundPayment') };
  if (state === 'SendCancellationToDeadLetterQueue')
    return { ...failing('ConfirmBooking'), ...failing('NotifyBookingFailed') };
  const isBackward = /^(Cancel|Refund|Release|Close|NotifyBookingFailed)/.test(state);
  return isBackward ? failing('ConfirmBooking') : {};
}
