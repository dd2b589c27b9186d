/**
 * `npm run bench:embedded`: how quick the local cloud is here and now. Every figure is also given as a ratio to a bare HTTP
 * round trip measured in the same run, since machines and their moods differ.
 */
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openOwnCloud } from '#test/support/e2e/target.ts';
import { quantile, sequentialLatency, sustainedRate } from './measure.ts';
import { listenerOf, processorMs, residentBytes } from './resident-memory.ts';
import { routeLatencies } from './routes.ts';

const sequentialBookings = 200;

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

const ratio = (milliseconds: number): string => `${(milliseconds / trip).toFixed(0)} round trips`;
const row = (name: string, value: string, comparison = ''): void =>
  console.log(`${name.padEnd(44)} ${value.padStart(12)}   ${comparison}`);
const milliseconds = (name: string, value: number): void => row(name, `${value.toFixed(1)} ms`, ratio(value));

const trip = await bareRoundTrip();
row('bare HTTP round trip, p50', `${trip.toFixed(3)} ms`, '1 round trip');
const launched = performance.now();
const target = await openOwnCloud();
const pid = listenerOf(Number(new URL(target.awsUrl).port)) ?? 0;
const resident = (when: string): void =>
  row(`resident memory, ${when}`, `${(residentBytes(pid) / 2 ** 20).toFixed(0)} MB`);
milliseconds('process start to ready', performance.now() - launched);
const coldStarted = performance.now();
await sequentialLatency(target, 'success', 1);
milliseconds('first booking after start, seen by the client', performance.now() - coldStarted);
resident('idle');
await sequentialLatency(target, 'success', 50);
const warm = await sequentialLatency(target, 'success', sequentialBookings);
milliseconds('successful booking, warm, p50', quantile(warm, 0.5));
milliseconds('successful booking, warm, p99', quantile(warm, 0.99));
for (const inFlight of [1, 8, 50]) {
  const { rate, failed, processorMsABooking } = await sustainedRate(target, inFlight, () => processorMs(pid));
  const undone = failed === 0 ? '' : `, ${failed} undone`;
  row(
    `bookings a second, ${inFlight} in flight`,
    rate.toFixed(0),
    `${processorMsABooking.toFixed(1)} ms of processors each${undone}`,
  );
  resident(`after ${inFlight} in flight`);
}
const routes = await routeLatencies(target, sequentialBookings);
await target.close();

console.log('\n| Route, one call after the other | p50, ms | p99, ms | p50, round trips |');
console.log('| --- | --- | --- | --- |');
for (const [route, times] of routes) {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  console.log(`| \`${route}\` | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${(p50 / trip).toFixed(0)} |`);
}
