/**
 * `npm run bench:routes`: how quick each route of the local cloud is here and now. Every figure is also given as a ratio to a bare HTTP
 * round trip measured in the same run, since machines and their moods differ.
 */
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runCommand } from '#infra/operations/run-command.ts';
import { openOwnCloud } from '#test/support/e2e/target.ts';
import { quantile } from './measure.ts';
import { routeLatencies } from './routes.ts';

const callsEach = 200;

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

const usage = `npm run bench:routes    p50 and p99 of each route of the local cloud, as ratios to a bare HTTP round trip

  --help   this text`;

await runCommand('bench:routes', usage, {}, async () => {
  const trip = await bareRoundTrip();
  console.log(`bare HTTP round trip, p50: ${trip.toFixed(3)} ms`);
  const target = await openOwnCloud();
  const routes = await routeLatencies(target, callsEach);
  await target.close();

  console.log('\n| Route, one call after the other | p50, ms | p99, ms | p50, round trips |');
  console.log('| --- | --- | --- | --- |');
  for (const [route, times] of routes) {
    const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
    console.log(`| \`${route}\` | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${(p50 / trip).toFixed(0)} |`);
  }
});
