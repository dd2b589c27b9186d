/**
 * `npm run bench [-- --targets embedded,localstack,ministack] [--svg FILE]`: the same trips on each target, in one run on
 * one machine, as a table with ratios to the embedded cloud and as bars. Loads are bounded: emulators start a process for
 * each concurrent invocation.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { startEmbeddedProcess } from '#test/support/e2e/embedded-process.ts';
import { aTripId, ended, startDemo } from '#test/support/e2e/saga.ts';
import { connect, type Target } from '#test/support/e2e/target.ts';
import { deploy } from '../../localstack/deploy/deploy.ts';
import { startGateway } from '../../localstack/gateway.ts';
import { type LocalTarget, startTarget, stopTarget } from '../../localstack/target-process.ts';
import { drawBars } from './bars.ts';
import { quantile, sequentialLatency, throughput } from './measure.ts';
import { listenerOf, residentBytes } from './resident-memory.ts';

const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: 'embedded,localstack,ministack' },
    svg: { type: 'string', default: '.local/bench.svg' },
  },
});

const ports: Readonly<Record<LocalTarget, number>> = { localstack: 14566, ministack: 24566 };
const loads = [1, 8, 50] as const;

interface Opened {
  readonly target: Target;
  readonly port: number;
}

async function open(name: string): Promise<Opened> {
  if (name === 'embedded') {
    // As a newcomer has it; the functions start cold with the first booking's call.
    const { apiUrl, awsUrl, stop } = await startEmbeddedProcess([]);
    return { target: await connect(apiUrl, awsUrl, stop), port: Number(new URL(awsUrl).port) };
  }
  const local = name as LocalTarget;
  const endpoint = await startTarget(local, ports[local]);
  process.env.AWS_ENDPOINT_URL = endpoint;
  const deployment = await deploy(local, (line) => console.error(`  ${line}`));
  const stackFile = 'cdktf.out/stacks/booking-saga-local/cdk.tf.json';
  const gateway = deployment.apiUrl ? undefined : await startGateway({ stackFile, endpoint, port: 0 });
  const close = async (): Promise<void> => {
    await gateway?.close();
    await stopTarget(local, ports[local]);
  };
  const target = await connect(deployment.apiUrl ?? gateway?.url ?? '', endpoint, close);
  return { target, port: ports[local] };
}

/** Milliseconds of each function's first and second call, medians; a refused input is as good as any. */
async function functionStarts(target: Target): Promise<{ first: number; second: number }> {
  const client = new LambdaClient({
    endpoint: target.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  const times = { first: [] as number[], second: [] as number[] };
  for (const { FunctionName } of Functions.filter((fn) => fn.FunctionName?.includes('cancel-'))) {
    for (const call of ['first', 'second'] as const) {
      const started = performance.now();
      await client.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{}') }));
      times[call].push(performance.now() - started);
    }
  }
  client.destroy();
  const median = (all: number[]): number =>
    quantile(
      all.sort((a, b) => a - b),
      0.5,
    );
  return { first: median(times.first), second: median(times.second) };
}

async function measure(name: string): Promise<Map<string, number>> {
  const figures = new Map<string, number>();
  const began = performance.now();
  const { target, port } = await open(name);
  try {
    const booking = await startDemo(target, { tripID: aTripId() });
    await ended(target, booking.executionArn);
    figures.set('nothing to first booking, ms', performance.now() - began);
    const starts = await functionStarts(target);
    figures.set('first call of a function, ms', starts.first);
    figures.set('second call of a function, ms', starts.second);
    await sequentialLatency(target, 'success', 20);
    for (const runType of ['success', 'failPayment']) {
      const times = await sequentialLatency(target, runType, 50);
      figures.set(`${runType} p50, ms`, quantile(times, 0.5));
      figures.set(`${runType} p99, ms`, quantile(times, 0.99));
    }
    for (const load of loads) {
      const count = name === 'embedded' ? Math.max(50, load * 10) : Math.max(10, load * 2);
      figures.set(`bookings a second, ${load} in flight`, await throughput(target, count, load));
    }
    figures.set('resident memory, MB', residentBytes(listenerOf(port) ?? 0) / 2 ** 20);
  } finally {
    await target.close();
  }
  return figures;
}

const results = new Map<string, Map<string, number>>();
for (const name of values.targets.split(',')) {
  console.error(`${name} …`);
  results.set(name, await measure(name));
}

const [base = new Map<string, number>()] = results.values();
const cell = (value: number | undefined, reference: number): string =>
  value === undefined
    ? '–'
    : `${value < 100 ? value.toFixed(1) : value.toFixed(0)} (${(value / reference).toFixed(1)}×)`;
console.log(`| Figure | ${[...results.keys()].join(' | ')} |`);
console.log(`| --- | ${[...results.keys()].map(() => '---').join(' | ')} |`);
for (const [figure, reference] of base) {
  console.log(`| ${figure} | ${[...results.values()].map((one) => cell(one.get(figure), reference)).join(' | ')} |`);
}
writeFileSync(values.svg, drawBars(results));
console.error(`Bars: ${values.svg}`);
process.exit();
