import type { Observe } from '../observer.ts';
import type { Ports } from '../ports.ts';
import { AwsError } from '../types.ts';
import type { CompiledMachine } from './compiled.ts';
import type { Ending, StatusChange, TaskPort } from './contract.ts';
import { Execution } from './execution.ts';
import type { FormerExecutions } from './kept-executions.ts';

export interface ExecutionsOptions {
  readonly tasks: TaskPort;
  readonly ports: Ports;
  readonly retryScale: number;
  readonly observe: Observe;
  readonly onStatusChange: (change: StatusChange) => void;
  /** Most ended executions to keep; the oldest are forgotten first, but for their names. */
  readonly historyLimit: number;
  readonly former: FormerExecutions;
}

/** Most names to keep of executions that are forgotten otherwise, some 200 bytes each. AWS keeps them for 90 days. */
const nameLimit = 200_000;

/** All executions, running and ended, oldest first. */
export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #byArn = new Map<string, Execution>();
  readonly #running = new Set<Execution>();
  readonly #ended = new Set<string>();
  /** Names of which there is no execution any more. */
  readonly #taken: Set<string>;
  readonly #former: ReadonlyMap<string, StatusChange>;
  #whenIdle: (() => void)[] = [];
  #closed = false;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
    const { taken, described } = options.former;
    this.#taken = new Set(taken);
    this.#former = new Map(described.map((change) => [change.executionArn, change]));
  }

  /** Whether an execution that is not to be found any more had the name. */
  wasTaken(arn: string): boolean {
    return this.#taken.has(arn);
  }

  /** Also of one of a former process, which has no history any more. */
  status(arn: string): StatusChange | undefined {
    const execution = this.#byArn.get(arn);
    return execution === undefined ? this.#former.get(arn) : statusOf(execution);
  }

  find(arn: string): Execution | undefined {
    return this.#byArn.get(arn);
  }

  newestFirst(): StatusChange[] {
    return [...this.#former.values(), ...[...this.#byArn.values()].map(statusOf)].reverse();
  }

  start(machine: CompiledMachine, arn: string, name: string, input: string): Execution {
    if (this.#closed) throw new AwsError('ServiceUnavailable', 'Step Functions is shutting down', 503);
    const { tasks, ports, retryScale, observe } = this.#options;
    const onEnd = () => this.#onEnd(execution);
    const execution = new Execution({ machine, arn, name, input, tasks, ports, retryScale, observe, onEnd });
    this.#byArn.set(arn, execution);
    this.#running.add(execution);
    this.#tell(execution);
    // A listener may have stopped it already.
    if (execution.ending === undefined) execution.start();
    return execution;
  }

  /** Resolves when no execution is running. */
  idle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** Aborts all that runs, without a word to EventBridge. */
  close(): void {
    this.#closed = true;
    for (const execution of this.#running) execution.stop(null, null);
  }

  #onEnd(execution: Execution): void {
    this.#running.delete(execution);
    this.#ended.add(execution.arn);
    for (const oldest of beyond(this.#ended, this.#options.historyLimit)) {
      this.#byArn.delete(oldest);
      this.#taken.add(oldest);
    }
    beyond(this.#taken, nameLimit);
    if (!this.#closed) this.#tell(execution);
    if (this.#running.size > 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  }

  #tell(execution: Execution): void {
    try {
      this.#options.onStatusChange(statusOf(execution));
    } catch (error) {
      warn(error);
    }
  }
}

function statusOf({ arn, name, machine, startDate, input, ending }: Execution): StatusChange {
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
  };
}

/** Takes the oldest members over the limit out. */
function beyond(members: Set<string>, limit: number): string[] {
  const removed: string[] = [];
  for (const oldest of members) {
    if (members.size <= limit) break;
    members.delete(oldest);
    removed.push(oldest);
  }
  return removed;
}

/** A listener's failure is not the execution's. */
function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
