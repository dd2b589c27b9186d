/** What may be done to a run: stop it, cancel its booking, redrive its undo. */
import { cancelNameOf, parseExecutionName, redriveCauseOf, redriveNameOf } from '#schema/execution-names.ts';
import { cancelRunInput, tripIdOf } from '#schema/saga-input.ts';
import type { ActionName, Done, RunDetails } from '../model/wire.ts';
import type { Runs } from './runs.ts';
import { AwsFailure, type Json, type Source } from './source.ts';

/** A run that ended so has undone everything. */
const undone = 'BookingFailed';
/** As many as the service itself starts, and some for people. */
const mostRedrives = 20;

type Actor = (name: string) => Promise<Done>;

export function actionsOf({ run, error }: Omit<RunDetails, 'actions'>, source: Source): ActionName[] {
  if (!source.actions) return [];
  if (run.status === 'RUNNING') return ['stop'];
  if (run.status === 'SUCCEEDED') return run.kind === 'book' && source.cancel !== undefined ? ['cancel'] : [];
  return error === undone ? [] : ['redrive'];
}

export function createActions(source: Source, runs: Runs): Readonly<Record<ActionName, Actor>> {
  const { call, machineArn, cancel } = source;

  async function stop(name: string): Promise<Done> {
    const cause = 'Stopped by hand in the console';
    await call('states', 'StopExecution', { executionArn: runs.arnOf(name), error: 'Stopped', cause });
    const { run, input: text } = await runs.details(name);
    // A run that has ended is stopped without a word.
    if (run.status !== 'ABORTED') return { text: `It had ended already: ${run.status}.`, run: undefined };
    const input = inputOf(text);
    const id = parseExecutionName(name)?.executionId ?? name;
    return { text: 'Stopped. The service undoes the rest by', run: redriveNameOf(id, redriveCauseOf(input), 1) };
  }

  async function cancelBooking(name: string): Promise<Done> {
    if (cancel === undefined) throw new AwsFailure('NotPossible', 'The console knows no API to cancel by', 409);
    const { run } = await runs.details(name);
    const id = parseExecutionName(name)?.executionId ?? name;
    const status = await cancel(tripIdOf(id), run.customer ?? '');
    return { text: `The API accepted it: the booking is ${status}.`, run: cancelNameOf(id) };
  }

  /** A name that is taken is an earlier redrive. */
  async function redrive(name: string): Promise<Done> {
    const { input: text, run } = await runs.details(name);
    const input = inputOf(text);
    const id = String(input.execution_id ?? '');
    if (run.status === 'RUNNING' || !name.startsWith(id) || id === '') {
      throw new AwsFailure('NotPossible', 'Only a run of the saga that has ended can be redriven', 409);
    }
    const cause = redriveCauseOf(input);
    for (let count = 1; count <= mostRedrives; count++) {
      const next = redriveNameOf(id, cause, count);
      const taken = await call('states', 'StartExecution', {
        stateMachineArn: machineArn,
        name: next,
        input: JSON.stringify(cancelRunInput(input, cause, count)),
      }).then(
        () => false,
        (error: unknown) => {
          if (error instanceof AwsFailure && error.code === 'ExecutionAlreadyExists') return true;
          throw error;
        },
      );
      if (!taken) return { text: 'Redriven as', run: next };
    }
    throw new AwsFailure('TooManyRedrives', `${id} was redriven ${mostRedrives} times`, 409);
  }

  return { stop, cancel: cancelBooking, redrive };
}

function inputOf(text = '{}'): Json & { readonly cause?: string } {
  return JSON.parse(text) as Json & { readonly cause?: string };
}
