import { StateMachine } from 'aws-local-stepfunctions';
import type { Ending, TaskPort } from './contract.ts';
import { DataLimit, dataLimitExceeded } from './data-limit.ts';
import { abandoned, taskError } from './errors.ts';
import { endingOfFailure } from './failure.ts';
import { Interruptible } from './interruptible.ts';
import { exceedsQuota, type Json, textOf } from './json.ts';
import { type CompiledMachine, MAX_TIMER_SECONDS } from './machine.ts';
import { Records, type Visit } from './records.ts';
import type { Context } from './reference-path.ts';
import type { Effects, TaskCall } from './state-actions.ts';

type LibraryDefinition = ConstructorParameters<typeof StateMachine>[0];
type LibraryInput = Parameters<StateMachine['run']>[0];
type LibraryContext = NonNullable<NonNullable<Parameters<StateMachine['run']>[1]>['context']>;

const VALIDATED = { validationOptions: { noValidate: true } };

export interface ExecutionRequest {
  readonly machine: CompiledMachine;
  readonly arn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly tasks: TaskPort;
  readonly onEnd: () => void;
}

/** One run of a machine: the library moves it from state to state, this class does what the states ask for and notes it. */
export class Execution implements Effects {
  readonly machine: CompiledMachine;
  readonly arn: string;
  readonly name: string;
  readonly input: string;
  readonly startDate = Date.now();
  readonly context: Context;
  readonly records = new Records();
  ending: Ending | undefined;

  readonly #tasks: TaskPort;
  readonly #onEnd: () => void;
  readonly #stopped = new AbortController();
  readonly #waiting = new Interruptible();
  readonly #dataLimit = new DataLimit();
  #abortLibrary: () => void = () => {};
  #timeLimit: NodeJS.Timeout | undefined;
  #tries = 0;

  constructor({ machine, arn, name, input, tasks, onEnd }: ExecutionRequest) {
    this.machine = machine;
    this.arn = arn;
    this.name = name;
    this.input = input;
    this.#tasks = tasks;
    this.#onEnd = onEnd;
    this.#dataLimit.grow(input.length);
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
    const { Input, StartTime } = this.context.Execution;
    const machine = new StateMachine({ StartAt: definition.StartAt, States } as LibraryDefinition, VALIDATED);
    const run = machine.run(Input as LibraryInput, {
      overrides: { taskResourceLocalHandlers: new Proxy({}, { get: () => perform }) },
      context: { ...this.context, StartTime } as unknown as LibraryContext,
    });
    this.records.attach(run.eventLogs);
    this.#abortLibrary = run.abort;
    run.result.then(
      (output) => this.#succeed(textOf(output)),
      (error: { cause?: unknown }) => this.#fail(error.cause),
    );
    const limit = definition.TimeoutSeconds ?? Number.POSITIVE_INFINITY;
    if (limit > MAX_TIMER_SECONDS) return;
    this.#timeLimit = setTimeout(() => this.#cut('TIMED_OUT', null, null), limit * 1000);
  }

  /** Ends the execution as StopExecution does; the running Task's signal fires and nothing further is scheduled. */
  stop(error: string | null, cause: string | null): void {
    this.#cut('ABORTED', error, cause);
  }

  #cut(status: Ending['status'], error: string | null, cause: string | null): void {
    if (this.ending !== undefined) return;
    const abortLibrary = this.#abortLibrary;
    this.#end({ status, output: null, error, cause });
    abortLibrary();
    this.#waiting.interrupt(abandoned());
    this.#stopped.abort();
  }

  #succeed(output: string): void {
    if (exceedsQuota(output)) {
      this.#fail(dataLimitExceeded(this.records.visits.at(-1)?.state.name ?? '', { terminal: true }));
    } else {
      this.#end({ status: 'SUCCEEDED', output, error: null, cause: null });
    }
  }

  #fail(thrown: unknown): void {
    this.#end(endingOfFailure(thrown, this.records.visits));
  }

  #end(ending: Omit<Ending, 'stopDate'>): void {
    if (this.ending !== undefined) return;
    clearTimeout(this.#timeLimit);
    this.#abortLibrary = () => {};
    this.ending = { ...ending, stopDate: Date.now() };
    this.#onEnd();
  }

  #enter(name: string): void {
    const state = this.machine.states.get(name);
    if (state === undefined || this.ending !== undefined) return;
    this.#tries = 0;
    this.records.enter(state);
    Object.assign(this.context.State, { Name: name, EnteredTime: new Date().toISOString(), RetryCount: 0 });
  }

  async #perform(input: Json): Promise<Json> {
    if (this.ending !== undefined) throw abandoned();
    const { visits } = this.records;
    this.#dataLimit.assertFits(input, visits.at(-2)?.state.name ?? '');
    const { action, definition } = (visits.at(-1) as Visit).state;
    this.context.State.RetryCount = this.#tries++;
    const result = await (action as NonNullable<typeof action>)(input, this);
    if (definition.ResultSelector !== undefined || definition.Type !== 'Task')
      this.#dataLimit.grow(textOf(result).length);
    return result;
  }

  sleep(milliseconds: number): Promise<void> {
    return this.#waiting.sleep(milliseconds);
  }

  async call({ resource, payload, isStateInput, timeoutSeconds }: TaskCall): Promise<Json> {
    const { state } = this.records.visits.at(-1) as Visit;
    const attempt = this.records.attempt(isStateInput ? undefined : textOf(payload), timeoutSeconds);
    const task = {
      resource,
      input: payload,
      stateName: state.name,
      executionArn: this.arn,
      signal: this.#stopped.signal,
    };
    const caller = { roleArn: this.machine.source.roleArn };
    try {
      const output = await this.#waiting.run(async () => textOf(await this.#tasks(task, caller)), timeoutSeconds);
      if (exceedsQuota(output)) throw dataLimitExceeded(state.integration?.service ?? resource);
      this.#dataLimit.grow(output.length);
      Object.assign(attempt, { outcome: 'succeeded', endedAt: Date.now(), output });
      // The text's own value: a service's result may have a null prototype, on which the library's paths break.
      return JSON.parse(output) as Json;
    } catch (thrown) {
      if (this.ending !== undefined) throw abandoned();
      const error = taskError(thrown);
      const { name, message } = error;
      this.#dataLimit.grow(name.length + message.length);
      const outcome = name === 'States.Timeout' ? 'timedOut' : 'failed';
      Object.assign(attempt, { outcome, endedAt: Date.now(), error: name, cause: message });
      throw error;
    }
  }
}
