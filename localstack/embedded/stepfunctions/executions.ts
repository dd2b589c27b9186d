import type { Observe } from '../observer.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/index.ts';
import { AwsError } from '../types.ts';
import type { CompiledMachine } from './compiled.ts';
import type { Ending, StatusChange, TaskPort } from './contract.ts';
import { Execution } from './execution.ts';
import type { ExecutionRecords } from './execution-records.ts';
import type { Resumption } from './resumption.ts';
import type { TrailEvent } from './trail.ts';

export interface ExecutionsOptions {
  readonly tasks: TaskPort;
  readonly ports: Ports;
  readonly retryScale: number;
  readonly observe: Observe;
  /** Called within the batch that keeps the status, so that what it keeps in the store is kept with it. */
  readonly onStatusChange: (change: StatusChange) => void;
  readonly store: Store;
  readonly records: ExecutionRecords;
}

/** As many ended executions as are known by default. */
const mostDefinitions = 1_000;

/** All executions: those that run, and the records of the others. */
export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #running = new Map<string, Execution>();
  /** Those with events that are not kept yet, and how many of theirs are. */
  readonly #unkept = new Map<Execution, number>();
  /** Definitions of those that have ended, for redrives. */
  readonly #definitions = new Map<string, CompiledMachine>();
  #whenIdle: (() => void)[] = [];
  #closed = false;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  get records(): ExecutionRecords {
    return this.#options.records;
  }

  running(arn: string): Execution | undefined {
    return this.#running.get(arn);
  }

  events(arn: string): readonly TrailEvent[] {
    return this.#running.get(arn)?.trail.events ?? this.records.events(arn);
  }

  /** The definition that it runs or ran in, as far as this process knows it. */
  definitionOf(arn: string): CompiledMachine | undefined {
    return this.#running.get(arn)?.machine ?? this.#definitions.get(arn);
  }

  /** @param resumption of one that has ended, which goes on */
  start(machine: CompiledMachine, arn: string, name: string, input: string, resumption?: Resumption): Execution {
    if (this.#closed) throw new AwsError('ServiceUnavailable', 'Step Functions is shutting down', 503);
    const { tasks, ports, retryScale, observe } = this.#options;
    const onEnd = () => this.#onEnd(execution);
    const onEvent = () => this.#keepSoon(execution);
    const execution = new Execution({
      ...{ machine, arn, name, input, resumption },
      ...{ tasks, ports, retryScale, observe, onEvent, onEnd },
    });
    this.#unkept.set(execution, resumption?.events.length ?? 0);
    this.#running.set(arn, execution);
    try {
      this.#note(execution);
    } catch (error) {
      this.#running.delete(arn);
      throw error;
    }
    // A listener may have stopped it already.
    if (execution.ending === undefined) execution.start();
    return execution;
  }

  /** Resolves when no execution is running. */
  idle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** Aborts all that runs, without a word to EventBridge: the next process does both. */
  close(): void {
    this.#keepEvents();
    this.#closed = true;
    for (const execution of this.#running.values()) execution.stop(null, null);
  }

  tell(change: StatusChange): void {
    const { executionArn, stateMachineArn, status } = change;
    this.#options.observe({ type: 'executionChanged', executionArn, stateMachineArn, status });
    attempt(() => this.#options.onStatusChange(change));
  }

  #onEnd(execution: Execution): void {
    if (!this.#closed) attempt(() => this.#note(execution));
    this.#running.delete(execution.arn);
    this.#definitions.delete(execution.arn);
    this.#definitions.set(execution.arn, execution.machine);
    const [oldest] = this.#definitions.keys();
    if (oldest !== undefined && this.#definitions.size > mostDefinitions) this.#definitions.delete(oldest);
    if (this.#running.size > 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  }

  /** A status, the events that led to it and its way to EventBridge are kept as one. */
  #note(execution: Execution): void {
    const change = statusOf(execution);
    this.#options.store.batch(() => {
      this.#keepEventsOf(execution);
      this.records.note(change);
      this.tell(change);
    });
  }

  /** Listeners hear of an event after its turn of the event loop, so one write keeps all events of a turn. */
  #keepSoon(execution: Execution): void {
    if (this.#closed) return;
    if (this.#unkept.size === 0) setImmediate(() => this.#keepEvents());
    if (!this.#unkept.has(execution)) this.#unkept.set(execution, execution.trail.events.length - 1);
  }

  #keepEvents(): void {
    if (this.#closed) return;
    const keepAll = (): void => {
      for (const execution of [...this.#unkept.keys()]) this.#keepEventsOf(execution);
    };
    attempt(() => this.#options.store.batch(keepAll));
  }

  #keepEventsOf(execution: Execution): void {
    const kept = this.#unkept.get(execution);
    if (kept !== undefined) this.records.addEvents(execution.arn, execution.trail.events.slice(kept));
    this.#unkept.delete(execution);
  }
}

/** A listener's failure, or a full disk, is not the execution's. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    warn(error);
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

function statusOf({ arn, name, machine, startDate, input, ending, redrive }: Execution): StatusChange {
  const end: Omit<Ending, 'status' | 'stopDate'> = ending ?? { output: null, error: null, cause: null };
  return {
    executionArn: arn,
    stateMachineArn: machine.source.arn,
    name,
    status: ending?.status ?? 'RUNNING',
    startDate,
    stopDate: ending?.stopDate ?? null,
    input,
    output: end.output,
    error: end.error,
    cause: end.cause,
    ...(redrive && { redrive }),
  };
}
