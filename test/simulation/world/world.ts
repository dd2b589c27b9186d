import { type Observation, OUTSIDE } from '#embedded/index.ts';
import type { InProcessCloud, MachineDefinition } from '#embedded/testing.ts';
import { executionArnOf } from '#schema/execution-names.ts';
import type { Oracle, Source } from '../oracle/oracle.ts';
import { type AskedLegs, allAsked, askedOf } from './asked-legs.ts';
import { createDisk, type Disk } from './disk.ts';
import type { Handlers } from './functions.ts';
import { createLabels, type Labels } from './labels.ts';
import type { Interference } from './points.ts';
import { openProcess } from './process.ts';
import { machineArn, tableName } from './stack.ts';

export interface WorldParts {
  readonly oracle: Oracle;
  readonly handlers: Handlers;
  /** One after the other, with each release; never empty. */
  readonly machines: readonly MachineDefinition[];
  readonly interference: Interference;
}

/** All of the service, in one process that can die and begin anew on what it had written. */
export interface World {
  readonly oracle: Oracle;
  readonly labels: Labels;
  readonly disk: Disk;
  /** Of the present process. */
  readonly cloud: InProcessCloud;
  /** All that has happened, of all processes. */
  readonly trace: readonly Observation[];
  /** Runs a function that no state calls. */
  call(name: string, event: unknown): Promise<unknown>;
  /** Until nothing is under way and no message waits. */
  settle(): Promise<void>;
  pass(milliseconds: number): Promise<void>;
  /** What customers of the present release ask for. */
  readonly asked: AskedLegs;
  /** Ends the process where it is. */
  kill(): void;
  /** Begins anew after a kill; does nothing otherwise. */
  revive(): void;
  /** A new process, which finds nothing of these collections. */
  lose(collections: readonly string[]): void;
  /** A new process, with the table as it was after so many writes. */
  restore(writes: number): void;
  readonly isDead: boolean;
  /** Deploys the next machine: what is under way ends in the one that it began with. */
  release(): void;
  start(name: string, input: Record<string, unknown>): Promise<void>;
  /** RedriveExecution of the latest run that did not succeed. @returns its ARN; undefined where there is none */
  redriveExecution(): Promise<string | undefined>;
  /** As StopExecution, as the machine's own time limit. */
  stop(run: string): void;
  expire(run: string): void;
}

export function createWorld({ oracle, handlers, machines, interference }: WorldParts): World {
  const releases = [...machines];
  let machine = releases.shift() as MachineDefinition;
  const labels = createLabels();
  const trace: Observation[] = [];
  const disk = createDisk((number) => interference.wrote(number));
  const open = () => openProcess({ disk, trace, labels, oracle, handlers, machine, interference });
  let process = open();

  /** In another process, once the disk has changed. */
  function beginAnew(change: () => void): void {
    process.state.isDead = true;
    oracle.forget();
    change();
    process = open();
  }

  const sources = (): Source[] => [
    {
      nextDue: () => (process.state.isDead ? undefined : process.deliveries.nextDue()),
      happen: () => process.deliveries.happen(),
    },
  ];

  return {
    oracle,
    labels,
    disk,
    trace,
    get cloud() {
      return process.cloud;
    },
    get asked() {
      return releases.length > 0 ? askedOf(machine.definition as object) : allAsked;
    },
    get isDead() {
      return process.state.isDead;
    },
    call: (name, event) => process.invoke.call(name, event),
    settle: () => oracle.settle(sources()),
    pass: (milliseconds) => oracle.pass(milliseconds, sources()),
    kill() {
      process.state.isDead = true;
      oracle.forget();
    },
    lose: (collections) =>
      beginAnew(() => {
        for (const collection of collections) disk.restore(collection, 0);
      }),
    restore: (writes) => beginAnew(() => disk.restore(`items of ${tableName}`, writes)),
    revive() {
      if (process.state.isDead) process = open();
    },
    release() {
      machine = releases.shift() ?? machine;
      process.cloud.states.swap([machine]);
    },
    async start(name, input) {
      const given = { stateMachineArn: machineArn, name, input: JSON.stringify(input) };
      await process.cloud.states.call('StartExecution', given, OUTSIDE);
    },
    async redriveExecution() {
      const { cloud } = process;
      const failed = cloud
        .executions()
        .filter(({ status }) => status !== 'RUNNING' && status !== 'SUCCEEDED')
        .toSorted((one, other) => one.startDate - other.startDate)
        .at(-1);
      if (failed === undefined) return undefined;
      const { executionArn } = failed;
      await cloud.states.call('RedriveExecution', { executionArn }, OUTSIDE);
      return executionArn;
    },
    stop(run) {
      void process.cloud.states.call('StopExecution', { executionArn: executionOf(run, labels) }, OUTSIDE);
    },
    expire: (run) => process.limits.get(run)?.(),
  };
}

/** The ARN of a run. */
export function executionOf(run: string, labels: Labels): string {
  const [letter = '', ...what] = run.split('.');
  const name = [labels.executions.get(letter) ?? letter, ...what].join('.');
  return executionArnOf(machineArn, name);
}
