import type { Ports } from '../ports.ts';
import type { CompiledMachine, CompiledState, Effects, TaskCall } from './compiled.ts';
import type { TaskPort } from './contract.ts';
import { matchesError, type StatesError, statesError } from './errors.ts';
import { type Json, textOf } from './json.ts';
import { Scope } from './scope.ts';

interface Tested {
  readonly accountId: string;
  /** Whose permissions a Task has. */
  readonly roleArn: string;
  readonly input: Json;
}

/** One try of the machine's first state, in TestState's form of answer. Its Retry is told and not done, as on AWS. */
export async function stateTest(
  machine: CompiledMachine,
  { accountId, roleArn, input }: Tested,
  { tasks, ports }: { readonly tasks: TaskPort; readonly ports: Ports },
): Promise<Record<string, unknown>> {
  const { states, startAt } = machine.graph;
  const state = states.get(startAt) as CompiledState;
  const { clock, randomness, scheduler } = ports;
  const now = new Date(clock.now()).toISOString();
  const name = randomness.uuid();
  const executionArn = `arn:aws:states:us-east-1:${accountId}:express:${startAt}:${name}`;
  const scope = new Scope(scheduler);
  const effects: Effects = {
    context: {
      Execution: { Id: executionArn, Input: input, Name: name, RoleArn: roleArn, StartTime: now },
      State: { Name: startAt, EnteredTime: now, RetryCount: 0 },
      StateMachine: { Id: executionArn.replace(':express:', ':stateMachine:'), Name: startAt },
    },
    now: () => clock.now(),
    sleep: (milliseconds) => scope.sleep(milliseconds),
    call: async ({ resource, payload, timeoutSeconds }: TaskCall) => {
      const task = { resource, input: payload, stateName: startAt, executionArn, signal: new AbortController().signal };
      const text = await scope.run(async () => textOf(await tasks(task, { roleArn })), timeoutSeconds);
      return JSON.parse(text) as Json;
    },
    forks: async () => [],
  };
  try {
    const { output, next } = await state.run(input, effects);
    return { output: textOf(output), status: 'SUCCEEDED', ...(next !== undefined && { nextState: next }) };
  } catch (thrown) {
    return failed(state, input, statesError(thrown));
  }
}

function failed({ retriers, catchers, type }: CompiledState, input: Json, error: StatesError): Record<string, unknown> {
  const failure = { ...(error.name && { error: error.name }), ...(error.message && { cause: error.message }) };
  // The first that names the error decides, also where it says that there is to be no attempt.
  const retrier = retriers.find(({ ErrorEquals }) => matchesError(ErrorEquals, error, type));
  if (retrier !== undefined && (retrier.MaxAttempts ?? 3) > 0) return { ...failure, status: 'RETRIABLE' };
  const catcher = catchers.find(({ errors }) => matchesError(errors, error, type));
  if (catcher === undefined) return { ...failure, status: 'FAILED' };
  const output = textOf(catcher.place(input, { Error: error.name, Cause: error.message }));
  return { ...failure, output, status: 'CAUGHT_ERROR', nextState: catcher.next };
}
