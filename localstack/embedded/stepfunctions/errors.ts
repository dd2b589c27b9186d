/** Longest cause that AWS keeps, in characters. */
const MAX_CAUSE_LENGTH = 32_768;

type Bounds = Pick<StatesError, 'terminal' | 'ofExecution'>;

/** A failure inside an execution: `name` is the ASL error name, empty for a Fail state without one; `message` the cause. */
export class StatesError extends Error {
  /** Neither retried nor caught, not even by States.ALL. */
  readonly terminal: boolean;
  /** Not of the state that it arose in, but of the execution as a whole. */
  readonly ofExecution: boolean;
  /** The state that it arose in, and the history event of entering it. */
  arisenIn: { readonly state: string; readonly eventId: number } | undefined;

  /** `States.Runtime` is terminal: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
  constructor(
    name: string,
    cause: string,
    { terminal = name === 'States.Runtime', ofExecution = false }: Partial<Bounds> = {},
  ) {
    super(cause.slice(0, MAX_CAUSE_LENGTH));
    this.name = name;
    this.terminal = terminal;
    this.ofExecution = ofExecution;
  }
}

/** `States.Runtime`: never retried, never caught, not even by States.ALL. */
export function runtimeError(cause: string): StatesError {
  return new StatesError('States.Runtime', cause);
}

/** As `States.Runtime` no state can catch it. */
export function historyIsFull(): StatesError {
  const cause = 'The execution reached the maximum number of history events (25000).';
  return new StatesError('States.Runtime', cause, { ofExecution: true });
}

/** A catchable failure of an intrinsic function, for instance an argument of the wrong type. */
export function intrinsicFailure(cause: string): StatesError {
  return new StatesError('States.IntrinsicFailure', cause);
}

/** Ends what still waits once the execution, or the Map around it, is over for another reason; nothing is told of it. */
export function abandoned(): StatesError {
  return new StatesError('States.Abandoned', 'The execution has ended.', { terminal: true });
}

/** `States.Timeout` with AWS's empty cause. */
export function timeoutError(): StatesError {
  return new StatesError('States.Timeout', '');
}

/** What a TaskPort rejected with, or what a state threw, as a failure that Retry and Catch match on. */
export function statesError(thrown: unknown): StatesError {
  if (thrown instanceof StatesError) return thrown;
  if (!(thrown instanceof Error)) return new StatesError('States.TaskFailed', String(thrown));
  if (thrown.name === 'States.Timeout') return timeoutError();
  return new StatesError(thrown.name, thrown.message);
}

/** Whether a Retry or Catch with these names takes the error; `States.TaskFailed` is any failure of a Task but its time-out. */
export function matchesError(names: readonly string[], error: StatesError, stateType: string): boolean {
  if (error.terminal) return false;
  const isTaskFailure = stateType === 'Task' && error.name !== 'States.Timeout';
  return names.some(
    (name) => name === error.name || name === 'States.ALL' || (name === 'States.TaskFailed' && isTaskFailure),
  );
}

/** A definition that this emulator would run wrongly, refused when it is loaded. */
export class UnsupportedDefinitionError extends Error {
  override readonly name = 'UnsupportedDefinitionError';

  constructor(where: string, construct: string, advice: string) {
    super(`${where}: ${construct} is not supported by the local cloud. ${advice}`);
  }
}
