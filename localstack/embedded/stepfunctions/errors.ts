import { StateMachine } from 'aws-local-stepfunctions';

/** Longest cause that AWS keeps, in characters. */
const MAX_CAUSE_LENGTH = 32_768;

/** A failure inside an execution: `name` is the ASL error name, `message` the cause. The library reads the two flags. */
export class StatesError extends Error {
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(name: string, cause: string, { terminal = false }: { terminal?: boolean } = {}) {
    super(cause.slice(0, MAX_CAUSE_LENGTH));
    this.name = name;
    this.isRetryable = !terminal;
    this.isCatchable = !terminal;
  }
}

/** `States.Runtime`: never retried, never caught, not even by States.ALL. */
export function runtimeError(cause: string): StatesError {
  return new StatesError('States.Runtime', cause, { terminal: true });
}

/** A catchable failure of an intrinsic function, for instance an argument of the wrong type. */
export function intrinsicFailure(cause: string): StatesError {
  return new StatesError('States.IntrinsicFailure', cause);
}

/** Ends the library's loop once the execution is over for another reason; nobody sees it. */
export function abandoned(): StatesError {
  return new StatesError('States.Abandoned', 'The execution has ended.', { terminal: true });
}

// The library keeps `States.TaskFailed` from matching a time-out by this class, and does not export it: let it throw one.
const LibraryTimeoutError = await new StateMachine(
  { StartAt: 'Sleep', States: { Sleep: { Type: 'Task', Resource: 'none', TimeoutSeconds: 0.001, End: true } } },
  { validationOptions: { noValidate: true } },
)
  .run(null, { overrides: { taskResourceLocalHandlers: { Sleep: () => new Promise<never>(() => {}) } } })
  .result.then(
    () => undefined,
    (error: { cause?: unknown }) => (error.cause as Error).constructor as new () => Error,
  );

/** `States.Timeout` with AWS's empty cause. */
export function timeoutError(): Error {
  if (LibraryTimeoutError === undefined) throw new Error('aws-local-stepfunctions no longer times a Task out');
  const error = new LibraryTimeoutError();
  error.message = '';
  return error;
}

/** What a TaskPort rejected with, as a failure that Retry and Catch match on. */
export function taskError(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new StatesError('States.TaskFailed', String(thrown));
  if (thrown.name === 'States.Timeout') return timeoutError();
  return new StatesError(thrown.name, thrown.message, { terminal: thrown.name === 'States.Runtime' });
}

/** A definition that this emulator would run wrongly, refused when it is loaded. */
export class UnsupportedDefinitionError extends Error {
  override readonly name = 'UnsupportedDefinitionError';

  constructor(where: string, construct: string, advice: string) {
    super(`${where}: ${construct} is not supported by the embedded Step Functions. ${advice}`);
  }
}
