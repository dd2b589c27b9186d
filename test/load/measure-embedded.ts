/**
 * `npm run bench:embedded`: how quick the local cloud is here and now. Every figure is also given as a ratio to a bare HTTP
 * round trip measured in the same run, since machines and their moods differ.
 */
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openOwnCloud } from '#test/support/e2e/target.ts';
import { quantile, sequentialLatency, sustainedRate } from './measure.ts';
import { routeLatencies } from './routes.ts';

const sequentialBookings = 200;
const inFlight = 200;

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

const trip = await bareRoundTrip();
const launched = performance.now();
const target = await openOwnCloud();
const ready = performance.now() - launched;
const coldStarted = performance.now();
const [cold = 0] = await sequentialLatency(target, 'success', 1);
const first = performance.now() - coldStarted;
await sequentialLatency(target, 'success', 50);
const warm = await sequentialLatency(target, 'success', sequentialBookings);
const { rate } = await sustainedRate(target, inFlight);
const routes = await routeLatencies(target, sequentialBookings);
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

console.log('\n| Route, one call after the other | p50, ms | p99, ms | p50, round trips |');
console.log('| --- | --- | --- | --- |');
for (const [route, times] of routes) {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  console.log(`| \`${route}\` | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${(p50 / trip).toFixed(0)} |`);
}
