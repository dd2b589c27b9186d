/**
 * `npm run bench:embedded`: how quick the local cloud is here and now. Every figure is also given as a ratio to a bare HTTP
 * round trip measured in the same run, since machines and their moods differ.
 */
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { aTripId, startDemo } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

const sequentialBookings = 200;
const concurrentBookings = 1000;
const inFlight = 200;

const quantile = (sorted: readonly number[], q: number): number => sorted[Math.floor(q * (sorted.length - 1))] ?? 0;

/** Milliseconds of one keep-alive HTTP round trip on this machine, median. */
async function bareRoundTrip(): Promise<number> {
  const server = createServer((_, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const times: number[] = [];
  for (let call = 0; call < 1000; call++) {
    const started = performance.now();
    await new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1' }, (response) => response.resume().once('end', resolve)).once('error', reject);
    });
    times.push(performance.now() - started);
  }
  server.closeAllConnections();
  server.close();
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

/** One booking after the other; milliseconds from the machine's start to its end, as Step Functions tells them. */
async function sequentialLatency(target: Target, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let booking = 0; booking < count; booking++) {
    const { executionArn } = await startDemo(target, { tripID: aTripId() });
    for (;;) {
      await sleep(10);
      const { status, startDate, stopDate } = await target.stepFunctions.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      if (status === 'RUNNING') continue;
      if (status !== 'SUCCEEDED') throw new Error(`A booking ended ${status}`);
      times.push((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0));
      break;
    }
  }
  return times.sort((a, b) => a - b);
}

async function running(target: Target): Promise<number> {
  const { stateMachineArn } = target;
  const { executions = [] } = await target.stepFunctions.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1000 }),
  );
  return executions.length;
}

/** Bookings a second with so many always under way. */
async function throughput(target: Target, count: number, concurrency: number): Promise<number> {
  const started = performance.now();
  let left = count;
  for (;;) {
    const free = concurrency - (await running(target));
    if (left === 0 && free === concurrency) return count / ((performance.now() - started) / 1000);
    const starting = Math.min(left, free);
    left -= starting;
    await Promise.all(Array.from({ length: starting }, () => startDemo(target, { tripID: aTripId() })));
    // Asking costs the cloud time that it could book in.
    await sleep(50);
  }
}

const trip = await bareRoundTrip();
const launched = performance.now();
const target = await openTarget();
const ready = performance.now() - launched;
const coldStarted = performance.now();
const [cold = 0] = await sequentialLatency(target, 1);
const first = performance.now() - coldStarted;
await sequentialLatency(target, 50);
const warm = await sequentialLatency(target, sequentialBookings);
const rate = await throughput(target, concurrentBookings, inFlight);
await target.close();

const ratio = (milliseconds: number): string => `${(milliseconds / trip).toFixed(0)} round trips`;
const row = (name: string, value: string, comparison: string): void =>
  console.log(`${name.padEnd(44)} ${value.padStart(12)}   ${comparison}`);
row('bare HTTP round trip, p50', `${trip.toFixed(3)} ms`, '1 round trip');
row('process start to ready', `${ready.toFixed(0)} ms`, ratio(ready));
row(
  'first booking, cold functions',
  `${cold.toFixed(0)} ms`,
  `${ratio(cold)} (seen by the client: ${first.toFixed(0)} ms)`,
);
row('successful booking, warm, p50', `${quantile(warm, 0.5).toFixed(1)} ms`, ratio(quantile(warm, 0.5)));
row('successful booking, warm, p99', `${quantile(warm, 0.99).toFixed(1)} ms`, ratio(quantile(warm, 0.99)));
row(
  `bookings a second, ${inFlight} in flight`,
  rate.toFixed(0),
  `${(1000 / rate / trip).toFixed(0)} round trips a booking`,
);
