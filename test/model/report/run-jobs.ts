import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Job, Outcome } from './jobs.ts';

/** Runs searches side by side, one a processor, and tells of each as it ends. @returns their outcomes in the order of the jobs */
export async function runJobs(jobs: readonly Job[], ended: (outcome: Outcome) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    try {
      while (next < jobs.length) {
        const index = next++;
        worker.postMessage(jobs[index]);
        const [outcome] = (await once(worker, 'message')) as [Outcome];
        outcomes[index] = outcome;
        ended(outcome);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return outcomes;
}
