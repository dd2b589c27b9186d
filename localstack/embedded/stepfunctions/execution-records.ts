import type { Collection, Store } from '../store/index.ts';
import { failureDetails } from './attempt.ts';
import type { StatusChange } from './contract.ts';
import { Thread, Trail, type TrailEvent } from './trail.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#API_StartExecution_RequestSyntax */
const nameIsTakenMs = 90 * 24 * 3600 * 1000;

/** Most names to keep of executions that are forgotten otherwise, some 200 bytes each. AWS keeps them for 90 days. */
const nameLimit = 200_000;

const cause = 'The local cloud was stopped while it ran';

interface RecordsOptions {
  readonly store: Store;
  /** Executions of other machines wait for the stack that has them. */
  readonly machineArns: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Most ended executions to keep with their histories. */
  readonly limit: number;
}

/**
 * What is known of every execution. AWS's executions outlive everything; one that ran when a process of this cloud ended is
 * aborted by the next one, and the stack's own rules take it from there.
 */
export class ExecutionRecords {
  /** Those that a former process left running. */
  readonly aborted: readonly StatusChange[];
  readonly #store: Store;
  readonly #limit: number;
  readonly #changes: Collection<StatusChange>;
  /** Events in pieces, by the execution's ARN and the piece's first event. */
  readonly #events: Collection<readonly TrailEvent[]>;
  /** When the executions ended of which only the names are left. */
  readonly #names: Collection<number>;
  /** Of this stack's machines, in the order of their starts. */
  readonly #started: Set<string>;
  readonly #ended = new Set<string>();

  constructor({ store, machineArns, now, limit }: RecordsOptions) {
    this.#store = store;
    this.#limit = limit;
    this.#changes = store.collection('executions');
    this.#events = store.collection('execution events');
    this.#names = store.collection('execution names');
    for (const [arn, stopDate] of this.#names.entries()) if (stopDate + nameIsTakenMs <= now) this.#names.delete(arn);
    const changes = [...this.#changes.entries()]
      .map(([, change]) => change)
      .filter(({ stateMachineArn }) => machineArns.includes(stateMachineArn))
      .sort((one, other) => one.startDate - other.startDate);
    this.#started = new Set(changes.map(({ executionArn }) => executionArn));
    const running = changes.filter(({ status }) => status === 'RUNNING');
    this.aborted = running.map((change) => this.#abort(change, now));
    const ended = changes.map(({ executionArn }) => this.#changes.get(executionArn) as StatusChange);
    for (const { executionArn } of ended.sort((one, other) => Number(one.stopDate) - Number(other.stopDate))) {
      this.#ended.add(executionArn);
    }
    this.#forget(now);
  }

  status(arn: string): StatusChange | undefined {
    return this.#started.has(arn) ? this.#changes.get(arn) : undefined;
  }

  /** Whether the name belongs to an execution, also of one that is forgotten otherwise. */
  isTaken(arn: string): boolean {
    return this.#changes.get(arn) !== undefined || this.#names.get(arn) !== undefined;
  }

  newestFirst(): StatusChange[] {
    return [...this.#started].reverse().map((arn) => this.#changes.get(arn) as StatusChange);
  }

  events(arn: string): TrailEvent[] {
    return [...this.#events.entries(piecesOf(arn))].flatMap(([, events]) => events);
  }

  addEvents(arn: string, events: readonly TrailEvent[]): void {
    const [first] = events;
    if (first !== undefined) this.#events.put(`${arn}#${String(first.id).padStart(6, '0')}`, events);
  }

  /** Of a start or an end. To be called before anything comes of it. */
  note(change: StatusChange): void {
    const { executionArn: arn, stopDate } = change;
    this.#changes.put(arn, change);
    this.#started.add(arn);
    this.#ended.delete(arn);
    if (stopDate === null) return;
    this.#ended.add(arn);
    this.#forget(stopDate);
  }

  #abort(change: StatusChange, now: number): StatusChange {
    const { executionArn: arn } = change;
    const last = this.events(arn).at(-1)?.id ?? 0;
    const trail = new Trail({ now: () => now }, last);
    new Thread(trail, last).note('ExecutionAborted', 'executionAborted', failureDetails({ error: '', cause }));
    const aborted = { ...change, status: 'ABORTED', stopDate: now, cause } as const;
    this.#store.batch(() => {
      this.addEvents(arn, trail.events);
      this.#changes.put(arn, aborted);
    });
    return aborted;
  }

  #forget(now: number): void {
    for (const arn of this.#ended) {
      if (this.#ended.size <= this.#limit) break;
      this.#ended.delete(arn);
      this.#started.delete(arn);
      this.#store.batch(() => {
        for (const [piece] of this.#events.entries(piecesOf(arn))) this.#events.delete(piece);
        const { stopDate } = this.#changes.get(arn) as StatusChange;
        this.#changes.delete(arn);
        if (stopDate !== null && stopDate + nameIsTakenMs > now) this.#names.put(arn, stopDate);
      });
    }
    for (const [arn] of this.#names.entries()) {
      if (this.#names.size <= nameLimit) break;
      this.#names.delete(arn);
    }
  }
}

/** Names have no `#`, nor the `$` behind it. */
const piecesOf = (arn: string) => ({ from: `${arn}#`, to: `${arn}$` });
