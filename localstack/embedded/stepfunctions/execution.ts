import type { Observe } from '../observer.ts';
import type { Ports } from '../ports.ts';
import { failureDetails, noteAttempt } from './attempt.ts';
import { type Branch, follow, type Run } from './branch.ts';
import type { CompiledMachine, CompiledState, TaskCall } from './compiled.ts';
import type { Ending, Redrive, TaskPort } from './contract.ts';
import { DataLimit, dataLimitExceeded } from './data-limit.ts';
import { abandoned, statesError } from './errors.ts';
import { exceedsQuota, type Json, textOf } from './json.ts';
import type { Resumption } from './resumption.ts';
import { Scope } from './scope.ts';
import { Thread, Trail } from './trail.ts';

export interface ExecutionRequest {
  readonly machine: CompiledMachine;
  readonly arn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  /** Where it goes on after it had ended. */
  readonly resumption?: Resumption | undefined;
  readonly tasks: TaskPort;
  readonly ports: Ports;
  readonly retryScale: number;
  readonly observe: Observe;
  /** Told of each event of the trail but the first. */
  readonly onEvent: () => void;
  readonly onEnd: () => void;
}

/** One run of a machine. */
export class Execution {
  readonly machine: CompiledMachine;
  readonly arn: string;
  readonly name: string;
  readonly input: string;
  readonly startDate: number;
  readonly redrive: Redrive | undefined;
  readonly trail: Trail;
  ending: Ending | undefined;

  readonly #request: ExecutionRequest;
  readonly #thread: Thread;
  readonly #scope: Scope;
  readonly #dataLimit = new DataLimit();
  #cancelTimeLimit: () => void = () => {};

  constructor(request: ExecutionRequest) {
    const { machine, arn, name, input, ports, onEvent, resumption } = request;
    const { events = [], startDate = ports.clock.now(), redrive } = resumption ?? {};
    this.machine = machine;
    this.arn = arn;
    this.name = name;
    this.input = input;
    this.startDate = startDate;
    this.redrive = redrive;
    this.trail = new Trail(ports.clock, 0, events);
    this.#request = request;
    this.#thread = new Thread(this.trail, events.length);
    this.#scope = new Scope(ports.scheduler);
    this.#dataLimit.grow(input.length);
    if (redrive !== undefined) {
      this.#thread.note('ExecutionRedriven', 'executionRedriven', { redriveCount: redrive.count });
    } else {
      const details = { input, inputDetails: { truncated: false }, roleArn: machine.source.roleArn };
      this.#thread.note('ExecutionStarted', 'executionStarted', details);
    }
    this.trail.onEvent = onEvent;
  }

  start(): void {
    const { machine, redrive } = this;
    const { resumption, ports } = this.#request;
    const { clock, randomness, scheduler } = ports;
    const { roleArn, arn: machineArn, name: machineName } = machine.source;
    const Input = JSON.parse(this.input) as Json;
    const StartTime = new Date(this.startDate).toISOString();
    const run: Run = {
      executionArn: this.arn,
      context: {
        Execution: {
          ...{ Id: this.arn, Input, Name: this.name, RoleArn: roleArn, StartTime },
          ...(redrive && { RedriveCount: redrive.count, RedriveTime: new Date(redrive.date).toISOString() }),
        },
        StateMachine: { Id: machineArn, Name: machineName },
      },
      clock,
      randomness,
      retryScale: this.#request.retryScale,
      dataLimit: this.#dataLimit,
      observe: this.#request.observe,
      call: (state, task, branch) => this.#call(state, task, branch),
    };
    const branch = { run, thread: this.#thread, scope: this.#scope, item: undefined };
    follow(machine.graph, resumption === undefined ? Input : resumption.input, branch, resumption?.state).then(
      (output) => this.#succeed(textOf(output)),
      (error: unknown) => this.#fail(error),
    );
    if (machine.timeoutSeconds === undefined) return;
    const expire = (): void => this.#cut('TIMED_OUT', null, null);
    this.#cancelTimeLimit = scheduler.after(machine.timeoutSeconds * 1000, expire);
  }

  /** Ends the execution as StopExecution does; the running Tasks' signals fire and nothing further is scheduled. */
  stop(error: string | null, cause: string | null): void {
    this.#cut('ABORTED', error, cause);
  }

  #cut(status: Ending['status'], error: string | null, cause: string | null): void {
    if (this.ending !== undefined) return;
    this.#end({ status, output: null, error, cause });
    this.#scope.end(abandoned());
  }

  #succeed(output: string): void {
    this.#end({ status: 'SUCCEEDED', output, error: null, cause: null });
  }

  /** A Fail state may have no error and no cause; the failure of a path says in which state it arose. */
  #fail(thrown: unknown): void {
    const { name, message, arisenIn, ofExecution } = statesError(thrown);
    const where = `An error occurred while executing the state '${arisenIn?.state}' (entered at the event id #${arisenIn?.eventId})`;
    const cause = name === 'States.Runtime' && !ofExecution ? `${where}. ${message}` : message;
    this.#end({ status: 'FAILED', output: null, error: name || null, cause: cause || null });
  }

  #end(ending: Omit<Ending, 'stopDate'>): void {
    if (this.ending !== undefined) return;
    this.#cancelTimeLimit();
    this.#noteEnding(ending);
    this.ending = { ...ending, stopDate: this.trail.events.at(-1)?.at ?? this.startDate };
    this.#request.onEnd();
  }

  #noteEnding({ status, output, error, cause }: Omit<Ending, 'stopDate'>): void {
    if (status === 'SUCCEEDED') {
      const details = { output, outputDetails: { truncated: false } };
      this.#thread.note('ExecutionSucceeded', 'executionSucceeded', details);
    } else if (status === 'TIMED_OUT') {
      // DescribeExecution has no error for it; AWS tells States.Timeout here alone.
      this.#thread.note('ExecutionTimedOut', 'executionTimedOut', { error: 'States.Timeout' });
    } else {
      const outcome = status === 'FAILED' ? 'Failed' : 'Aborted';
      const details = failureDetails({ error: error ?? '', cause: cause ?? '' });
      this.#thread.note(`Execution${outcome}`, `execution${outcome}`, details);
    }
  }

  async #call(state: CompiledState, task: TaskCall, { thread, scope }: Branch): Promise<Json> {
    const { resource, payload, timeoutSeconds } = task;
    const region = this.arn.split(':')[3] ?? '';
    const { integration } = state;
    const noteEnd = noteAttempt(thread, { resource, integration, payload, timeoutSeconds, region });
    const called = {
      resource,
      input: payload,
      stateName: state.name,
      executionArn: this.arn,
    };
    const caller = { roleArn: this.machine.source.roleArn };
    try {
      const text = await scope.run(
        async (signal) => textOf(await this.#request.tasks({ ...called, signal }, caller)),
        timeoutSeconds,
      );
      scope.assertGoing();
      if (exceedsQuota(text)) throw dataLimitExceeded(integration?.service ?? resource);
      this.#dataLimit.grow(text.length);
      // The text's own value: a service's result may have a null prototype, on which paths break.
      const output = JSON.parse(text) as Json;
      noteEnd({ outcome: 'succeeded', output });
      return output;
    } catch (thrown) {
      scope.assertGoing();
      const error = statesError(thrown);
      this.#dataLimit.grow(error.name.length + error.message.length);
      const outcome = error.name === 'States.Timeout' ? 'timedOut' : 'failed';
      noteEnd({ outcome, error: error.name, cause: error.message });
      throw error;
    }
  }
}
