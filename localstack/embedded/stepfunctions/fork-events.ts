import type { StateType } from './definition.ts';
import type { StatesError } from './errors.ts';
import type { Thread } from './trail.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html: the states of which AWS tells that they were cut off. */
const abortable: readonly (StateType | undefined)[] = ['Task', 'Wait', 'Map', 'Parallel'];

/** What a history tells of the items of a Map or of the branches of a Parallel, in the order of executions recorded on AWS. */
export class ForkEvents {
  readonly #kind: 'Map' | 'Parallel';
  readonly #name: string;
  /** Of the state that holds them. */
  readonly #thread: Thread;
  readonly #start: Thread;
  readonly #underWay = new Map<number, Thread>();

  constructor(kind: 'Map' | 'Parallel', name: string, thread: Thread, length: number) {
    this.#kind = kind;
    this.#name = name;
    this.#thread = thread;
    if (kind === 'Map') thread.note('MapStateStarted', 'mapStateStarted', { length });
    else thread.note('ParallelStateStarted');
    this.#start = thread.fork();
  }

  begin(index: number): Thread {
    const own = this.#start.fork();
    this.#underWay.set(index, own);
    if (this.#kind === 'Map') own.note(...this.#iteration('Started', index));
    return own;
  }

  succeed(index: number): void {
    const own = this.#underWay.get(index);
    this.#underWay.delete(index);
    if (this.#kind === 'Parallel' || own === undefined) return;
    // The next item hangs below the last state of the one that made room for it.
    this.#start.last = own.last;
    this.#thread.last = own.note(...this.#iteration('Succeeded', index));
  }

  /** All hang below the last event of the one that failed; where nothing can catch the error, the end of the execution is next. */
  fail(failed: number, { terminal }: StatesError): void {
    const { last, underWay } = this.#underWay.get(failed) as Thread;
    this.#thread.last = last;
    if (terminal) return;
    for (const [index, own] of this.#underWay) {
      const isFailed = index === failed;
      if (this.#kind === 'Map') this.#thread.noteAside(...this.#iteration(isFailed ? 'Failed' : 'Aborted', index));
      // A Map or a Parallel that failed in there has told so itself.
      if (isFailed ? underWay === 'Task' : abortable.includes(own.underWay)) {
        this.#thread.noteAside(`${own.underWay}StateAborted`);
      }
    }
  }

  end(): void {
    if (this.#kind === 'Map') this.#thread.noteAside('MapStateSucceeded');
    else this.#thread.note('ParallelStateSucceeded');
  }

  #iteration(suffix: string, index: number) {
    return [`MapIteration${suffix}`, `mapIteration${suffix}`, { name: this.#name, index }] as const;
  }
}
