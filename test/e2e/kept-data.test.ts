import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from '@jest/globals';
import { cancelNameOf, redriveNameOf } from '#schema/execution-names.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { demoPoints } from '#test/support/demo-figures.ts';
import { limitation } from '#test/support/e2e/capabilities.ts';
import { type RunningProcess, startEmbeddedProcess } from '#test/support/e2e/embedded-process.ts';
import { earnedPoints, loyaltyQueueDrained } from '#test/support/e2e/loyalty.ts';
import { aPaidRun, ended, headerOf, itemsOf, startExecution, takeDeadLetters } from '#test/support/e2e/saga.ts';
import { connect, type Target } from '#test/support/e2e/target.ts';
import { until } from '#test/support/e2e/until.ts';
import { itSideBySide } from '#test/support/side-by-side.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kept-data-'));

const running: RunningProcess[] = [];
afterAll(async () => {
  await Promise.all(running.map((process) => process.kill()));
  rmSync(scratch, { recursive: true });
});

let folders = 0;
const aFolder = (): string => join(scratch, `data-${++folders}`);

/** Slow retries: a step that is made to fail keeps its run under way for some seconds. */
async function start(data: string): Promise<Target & RunningProcess> {
  const process = await startEmbeddedProcess(['--data', data, '--retry-scale', '1']);
  running.push(process);
  return { ...process, ...(await connect(process.apiUrl, process.awsUrl, process.stop)) };
}

async function restarted(target: Target & RunningProcess, data: string): Promise<Target & RunningProcess> {
  await target.kill();
  return start(data);
}

const aRun = async (target: Target, overrides: Record<string, unknown> = {}) =>
  (await aPaidRun(target, 5, { customer: 'kept', ...overrides })).input;

/** Undoing fails until it is tried by a redrive, which is spared. */
const stuckCancel = { cancel_failure_rate: 1 };

const standsAs = (target: Target, tripId: string, status: string) =>
  until(async () => ((await headerOf(target, tripId))?.status === status ? status : undefined));

async function partsOf(target: Target, tripId: string): Promise<unknown[]> {
  return (await itemsOf(target, tripId)).filter(({ sk }) => sk !== 'BOOKING');
}

const reason = limitation('local process');
const suite = reason === undefined ? describe : describe.skip;
const skipped = reason === undefined ? '' : ` [skipped: ${reason}]`;

suite(`a data folder over a kill${skipped}`, () => {
  itSideBySide(
    {
      'given an execution that has ended, when its name is used again, then it is taken': async () => {
        const data = aFolder();
        const first = await start(data);
        const run = await aRun(first);
        await ended(first, await startExecution(first, run.execution_id, run));

        const second = await restarted(first, data);
        await expect(startExecution(second, run.execution_id, run)).rejects.toMatchObject({
          name: 'ExecutionAlreadyExists',
        });
        expect((await headerOf(second, run.trip_id))?.status).toBe('CONFIRMED');
      },

      'given a run under way, when the next start fails and another one follows, then the run is undone': async () => {
        const data = aFolder();
        const first = await start(data);
        const run = await aRun(first, { run_type: 'failPayment', ...stuckCancel });
        await startExecution(first, run.execution_id, run);
        await standsAs(first, run.trip_id, 'CANCELLING');
        await first.kill();

        const taken = createServer().listen(0, '127.0.0.1');
        await once(taken, 'listening');
        const { port } = taken.address() as { port: number };
        await expect(startEmbeddedProcess(['--data', data], { PORT: String(port) })).rejects.toThrow(`Port ${port}`);
        taken.close();

        const last = await start(data);
        await standsAs(last, run.trip_id, 'CANCELLED');
        expect(await partsOf(last, run.trip_id)).toEqual([]);
      },

      'given a customer’s cancellation under way after a redrive that succeeded, when killed, then it is finished':
        async () => {
          const data = aFolder();
          const first = await start(data);
          const run = await aRun(first);
          const { execution_id: id } = run;
          await ended(first, await startExecution(first, id, run));
          const redrive = { ...cancelRunInput(run, 'redrive'), redrive_count: 1 };
          expect(
            (await ended(first, await startExecution(first, redriveNameOf(id, 'redrive', 1), redrive))).status,
          ).toBe('SUCCEEDED');
          await startExecution(first, cancelNameOf(id), { ...cancelRunInput(run, 'customer'), ...stuckCancel });
          await standsAs(first, run.trip_id, 'CANCELLING');

          const second = await restarted(first, data);
          await standsAs(second, run.trip_id, 'CANCELLED');
          expect(await partsOf(second, run.trip_id)).toEqual([]);
        },

      'given a dead letter, when killed, then it is still there': async () => {
        const data = aFolder();
        const first = await start(data);
        const run = await aRun(first, { run_type: 'failNotification' });
        await ended(first, await startExecution(first, run.execution_id, run));

        const second = await restarted(first, data);
        expect(await takeDeadLetters(second)).toMatchObject([{ kind: 'notification', trip_id: run.trip_id }]);
      },

      'given a message that was just published, when killed, then its points are credited': async () => {
        const data = aFolder();
        const first = await start(data);
        const runs = await Promise.all([aRun(first), aRun(first), aRun(first)]);
        const arns = await Promise.all(runs.map((run) => startExecution(first, run.execution_id, run)));
        await Promise.all(arns.map((arn) => ended(first, arn)));

        const second = await restarted(first, data);
        await loyaltyQueueDrained(second);
        expect(await earnedPoints(second, 'kept')).toBe(3 * demoPoints);
      },
    },
    { atOnce: 5 },
  );
});
