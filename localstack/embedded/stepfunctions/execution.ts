import { StateMachine } from 'aws-local-stepfunctions';
import type { Ending, TaskPort } from './contract.ts';
import { abandoned, StatesError, taskError, timeoutError } from './errors.ts';
import { endingOfFailure } from './failure.ts';
import { exceedsQuota, type Json, MAX_DATA_BYTES, textOf } from './json.ts';
import { type CompiledMachine, MAX_TIMER_SECONDS } from './machine.ts';
import { type Attempt, Records, type Visit } from './records.ts';
import type { Context } from './reference-path.ts';
import type { Effects, TaskCall } from './state-actions.ts';

type LibraryDefinition = ConstructorParameters<typeof StateMachine>[0];
type RunOptions = NonNullable<Parameters<StateMachine['run']>[1]>;

const VALIDATED = { validationOptions: { noValidate: true } };

/** One run of a machine: the library moves it from state to state, this class does what the states ask for and notes it. */
export class Execution implements Effects {
  readonly machine: CompiledMachine;
  readonly arn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly startDate = Date.now();
  readonly context: Context;
  readonly records = new Records();
  ending: Ending | undefined;

  readonly #tasks: TaskPort;
  readonly #onEnd: (ending: Ending) => void;
  readonly #stopped = new AbortController();
  #abortLibrary: () => void = () => {};
  #interrupt: (reason: Error) => void = () => {};
  #timeLimit: NodeJS.Timeout | undefined;
  #tries = 0;
  /** Upper bound of the state data's size: only near the quota is it worth measuring. */
  #dataBytes: number;

  constructor(
    machine: CompiledMachine,
    arn: string,
    name: string,
    input: string,
    tasks: TaskPort,
    onEnd: (ending: Ending) => void,
  ) {
    this.machine = machine;
    this.arn = arn;
    this.name = name;
    this.input = input;
    this.#tasks = tasks;
    this.#onEnd = onEnd;
    this.#dataBytes = input.length * 3;
    const { roleArn, arn: machineArn, name: machineName } = machine.source;
    const StartTime = new Date(this.startDate).toISOString();
    this.context = {
      Execution: { Id: arn, Input: JSON.parse(input) as Json, Name: name, RoleArn: roleArn, StartTime },
      State: { Name: '', EnteredTime: '', RetryCount: 0 },
      StateMachine: { Id: machineArn, Name: machineName },
    };
  }

  start(): void {
    const { definition, libraryStates } = this.machine;
    // The library looks a state up when it enters it, and tells of it in no other synchronous way.
    const States = new Proxy(libraryStates, {
      get: (states, name) => {
        this.#enter(String(name));
        return states[String(name)];
      },
    });
    const perform = (input: Json) => this.#perform(input);
    const run = new StateMachine({ StartAt: definition.StartAt, States } as LibraryDefinition, VALIDATED).run(
      this.context.Execution.Input as Parameters<StateMachine['run']>[0],
      {
        overrides: { taskResourceLocalHandlers: new Proxy({}, { get: () => perform }) },
        context: { ...this.context, StartTime: this.context.Execution.StartTime } as unknown as RunOptions['context'] &
          object,
      },
    );
    this.records.attach(run.eventLogs);
    this.#abortLibrary = run.abort;
    run.result.then(
      (output) => this.#succeed(textOf(output)),
      (error: { cause?: unknown }) => this.#end(endingOfFailure(error.cause, this.records.visits)),
    );
    const limit = definition.TimeoutSeconds;
    if (limit === undefined || limit > MAX_TIMER_SECONDS) return;
    this.#timeLimit = setTimeout(() => this.#cut({ status: 'TIMED_OUT', error: null, cause: null }), limit * 1000);
  }

  /** Ends the execution as StopExecution does; the running Task's signal fires and nothing further is scheduled. */
  stop(error: string | null, cause: string | null): void {
    this.#cut({ status: 'ABORTED', error, cause });
  }

  #cut(ending: Pick<Ending, 'status' | 'error' | 'cause'>): void {
    if (this.ending !== undefined) return;
    this.#end({ ...ending, output: null });
    this.#abortLibrary();
    this.#interrupt(abandoned());
    this.#stopped.abort();
  }

  #succeed(output: string): void {
    if (exceedsQuota(output)) {
      this.#end(endingOfFailure(this.#tooLarge(this.records.visits.at(-1)), this.records.visits));
    } else {
      this.#end({ status: 'SUCCEEDED', output, error: null, cause: null });
    }
  }

  #end(ending: Omit<Ending, 'stopDate'>): void {
    if (this.ending !== undefined) return;
    clearTimeout(this.#timeLimit);
    this.ending = { ...ending, stopDate: Date.now() };
    this.#onEnd(this.ending);
  }

  #enter(name: string): void {
    const state = this.machine.states.get(name);
    if (state === undefined || this.ending !== undefined) return;
    this.#tries = 0;
    this.records.enter(state);
    const { State } = this.context;
    State.Name = name;
    State.EnteredTime = new Date().toISOString();
    State.RetryCount = 0;
  }

  async #perform(input: Json): Promise<Json> {
    if (this.ending !== undefined) throw abandoned();
    this.#assertFits(input);
    const { action, definition } = (this.records.visits.at(-1) as Visit).state;
    this.context.State.RetryCount = this.#tries++;
    const result = await (action as NonNullable<typeof action>)(input, this);
    if (definition.ResultSelector !== undefined || definition.Type !== 'Task')
      this.#dataBytes += textOf(result).length * 3;
    return result;
  }

  #assertFits(input: Json): void {
    if (this.#dataBytes <= MAX_DATA_BYTES) return;
    const text = textOf(input);
    if (exceedsQuota(text)) throw this.#tooLarge(this.records.visits.at(-2));
    this.#dataBytes = text.length * 3;
  }

  #tooLarge(visit: Visit | undefined): StatesError {
    return dataLimitExceeded(visit?.state.name ?? '', { terminal: true });
  }

  async call({ resource, payload, isStateInput, timeoutSeconds }: TaskCall): Promise<Json> {
    const { state, attempts } = this.records.visits.at(-1) as Visit;
    const attempt: Attempt = {
      at: Date.now(),
      payload: isStateInput ? undefined : textOf(payload),
      timeoutSeconds,
      outcome: 'running',
      endedAt: 0,
      output: '',
      error: '',
      cause: '',
    };
    attempts.push(attempt);
    try {
      const task = {
        resource,
        input: payload,
        stateName: state.name,
        executionArn: this.arn,
        signal: this.#stopped.signal,
      };
      const run = async () => textOf(await this.#tasks(task, { roleArn: this.machine.source.roleArn }));
      const output = await this.#unlessCut(run, timeoutSeconds);
      if (exceedsQuota(output)) throw dataLimitExceeded(state.integration?.service ?? resource);
      this.#dataBytes += output.length * 3;
      Object.assign(attempt, { outcome: 'succeeded', endedAt: Date.now(), output });
      // The text's own value: a service's result may have a null prototype, on which the library's paths break.
      return JSON.parse(output) as Json;
    } catch (thrown) {
      if (this.ending !== undefined) throw abandoned();
      const error = taskError(thrown);
      const { name, message } = error;
      this.#dataBytes += (name.length + message.length) * 6;
      const outcome = name === 'States.Timeout' ? 'timedOut' : 'failed';
      Object.assign(attempt, { outcome, endedAt: Date.now(), error: name, cause: message });
      throw error;
    }
  }

  async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, Math.min(milliseconds, MAX_TIMER_SECONDS * 1000));
      this.#interrupt = (reason) => {
        clearTimeout(timer);
        reject(reason);
      };
    });
  }

  /** A Task that times out or outlives its execution is left behind: it may still do its work, and nobody hears of it. */
  #unlessCut(run: () => Promise<string>, timeoutSeconds = Number.POSITIVE_INFINITY): Promise<string> {
    return new Promise((resolve, reject) => {
      const limited = timeoutSeconds <= MAX_TIMER_SECONDS;
      const timer = limited ? setTimeout(() => reject(timeoutError()), timeoutSeconds * 1000) : undefined;
      this.#interrupt = (reason) => {
        clearTimeout(timer);
        reject(reason);
      };
      run()
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }
}

function dataLimitExceeded(task: string, options: { terminal?: boolean } = {}): StatesError {
  const cause = `The state/task '${task}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return new StatesError('States.DataLimitExceeded', cause, options);
}
