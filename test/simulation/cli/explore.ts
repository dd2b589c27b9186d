import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Removable } from '#test/model/rules/rules.ts';
import type { Patch } from '../mends/patch.ts';
import { merge, type Tally } from '../report/tally.ts';
import type { Share } from './contract.ts';

export interface Exploration {
  readonly classes: readonly string[];
  readonly every: number;
  readonly workers?: number | undefined;
  readonly patches?: readonly Patch[];
  /** Rules that the model does without. */
  readonly takenOut?: readonly Removable[];
  /** Told of each class when all workers are through with it. */
  readonly done?: (name: string, tally: Tally) => void;
}

/** Runs classes of plans, a process a processor. @returns the tally of each class */
export async function explore(exploration: Exploration): Promise<ReadonlyMap<string, Tally>> {
  const {
    classes,
    every,
    workers = availableParallelism(),
    patches = [],
    takenOut = [],
    done = () => {},
  } = exploration;
  const found = new Map<string, Tally[]>(classes.map((name) => [name, []]));
  const shares = Array.from(
    { length: workers },
    (_, worker): Share => ({ classes, worker, workers, every, patches, takenOut }),
  );
  await Promise.all(
    shares.map((share) => {
      const worker = fork(fileURLToPath(new URL('work.ts', import.meta.url)), {
        env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '.local/compile-cache' },
      });
      worker.on('message', ({ name, tally }: { name: string; tally: Tally }) => {
        const tallies = found.get(name) ?? [];
        tallies.push(tally);
        if (tallies.length === workers) done(name, merge(tallies));
      });
      worker.send(share);
      return new Promise<void>((resolve, reject) => {
        worker.once('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`A worker of the simulation has ended with ${code}`)),
        );
      });
    }),
  );
  return new Map([...found].map(([name, tallies]) => [name, merge(tallies)]));
}
