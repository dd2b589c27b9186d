import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { maxFlightSeats } from '#schema/new-flight.ts';
import { bookedItems } from '#test/support/demo-figures.ts';
import { limitation } from '#test/support/e2e/capabilities.ts';
import { startEmbeddedProcess } from '#test/support/e2e/embedded-process.ts';
import { aTripId, ended, headerOf, itemsOf, seatsOf, startDemo, until } from '#test/support/e2e/saga.ts';
import { connect, openOwnCloud } from '#test/support/e2e/target.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
const stackFolder = join(projectRoot, 'cdktf.out/stacks/booking-saga-local');
const scratch = mkdtempSync(join(tmpdir(), 'local-cloud-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the local cloud to its end. */
async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['localstack/embedded/main.ts', ...args], {
    cwd: projectRoot,
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '', ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  return { code, output };
}

async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { port: `${port}`, free: () => server.close() };
}

/** A copy of the synthesized stack that a test may break. */
function stackCopy(): string {
  const folder = mkdtempSync(join(scratch, 'stack-'));
  cpSync(stackFolder, folder, { recursive: true });
  return folder;
}

/** A reference as it stands in the synthesized file. */
const terraform = (reference: string): string => `\${${reference}}`;

const reason = limitation('local process');
const suite = reason === undefined ? describe : describe.skip;
const skipped = reason === undefined ? '' : ` [skipped: ${reason}]`;

suite(`starting the local cloud${skipped}`, () => {
  it.each(['PORT', 'AWS_PORT'])(
    'given that %s is in use, when started, then it says so and what to do',
    async (name) => {
      const { port, free } = await takenPort();
      const { code, output } = await run([], { [name]: port });
      free();

      expect(code).toBe(1);
      expect(output).toContain(`Port ${port}`);
      expect(output).toMatch(new RegExp(`\\b${name}=\\d+`));
    },
  );

  it.each([
    [['--stack', 'nowhere/cdk.tf.json'], /nowhere\/cdk\.tf\.json[\s\S]*npm run synth/],
    [['--retry-scale', 'fast'], /--retry-scale must be a number from 0 to 1/],
    [['--colour'], /--colour[\s\S]*npm start -- \[options\]/],
  ])('given %j, when started, then it exits with a clear message', async (args, message) => {
    const { code, output } = await run(args);

    expect(code).toBe(1);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('given a port that is none, when started, then it names the variable', async () => {
    expect(await run([], { PORT: 'http' })).toMatchObject({ code: 1, output: expect.stringContaining('PORT must be') });
  });

  it('given a stack file that is no JSON, when started, then it names the file', async () => {
    const file = join(scratch, 'broken.tf.json');
    writeFileSync(file, '{"resource": ');
    const { code, output } = await run(['--stack', file]);

    expect(code).toBe(1);
    expect(output).toContain(file);
  });

  it.each([
    ['a reference to nothing', terraform('aws_sqs_queue.Nowhere.arn'), /aws_sqs_queue\.Nowhere/],
    ['an unknown attribute', terraform('aws_sns_topic.TOPIC.colour'), /colour/],
  ])('given %s, when started, then it names it', async (_, reference, message) => {
    const folder = stackCopy();
    const file = join(folder, 'cdk.tf.json');
    const stack = JSON.parse(readFileSync(file, 'utf8'));
    const [topic] = Object.keys(stack.resource.aws_sns_topic);
    const [parameter] = Object.keys(stack.resource.aws_ssm_parameter);
    stack.resource.aws_ssm_parameter[String(parameter)].value = reference.replace('TOPIC', String(topic));
    writeFileSync(file, JSON.stringify(stack));

    const { code, output } = await run(['--stack', file]);

    expect(code).toBe(1);
    expect(output).toMatch(message);
  });

  it('given a resource type that it does not know, when started, then it names it', async () => {
    const file = join(stackCopy(), 'cdk.tf.json');
    const stack = JSON.parse(readFileSync(file, 'utf8'));
    stack.resource.aws_kinesis_stream = { Stream: { name: 'clicks' } };
    writeFileSync(file, JSON.stringify(stack));

    expect(await run(['--stack', file])).toMatchObject({
      code: 1,
      output: expect.stringContaining('aws_kinesis_stream'),
    });
  });

  it('given a bundle that is missing or broken, when started, then it names the function', async () => {
    for (const breakIt of [(zip: string) => rmSync(zip), (zip: string) => writeFileSync(zip, 'not a zip')]) {
      const folder = stackCopy();
      const file = join(folder, 'cdk.tf.json');
      const functions = Object.values(JSON.parse(readFileSync(file, 'utf8')).resource.aws_lambda_function);
      const broken = (functions as { function_name: string; filename: string }[]).find((fn) =>
        fn.function_name.endsWith('reserve-hotel'),
      );
      breakIt(join(folder, broken?.filename ?? ''));

      const { code, output } = await run(['--stack', file]);

      expect(code).toBe(1);
      expect(output).toContain('reserve-hotel');
    }
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('given %s, when running, then it stops cleanly', async (signal) => {
    const child = spawn(process.execPath, ['localstack/embedded/main.ts'], {
      cwd: projectRoot,
      env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '' },
    });
    let output = '';
    const greeted = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('npm run trip')) resolve();
      });
    });
    await greeted;
    expect(output.match(/curl '/g)).toHaveLength(3);
    child.kill(signal);

    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});

suite(`what the local cloud keeps${skipped}`, () => {
  it('given a data folder, when started again, then bookings and seats are still there', async () => {
    const data = join(scratch, 'data');
    const tripId = aTripId();
    const first = await startEmbeddedProcess(['--data', data]);
    const before = await connect(first.apiUrl, first.awsUrl, first.stop);
    await ended(before, (await startDemo(before, { tripID: tripId })).executionArn);
    const kept = [await itemsOf(before, tripId), await seatsOf(before, 'demo-london-dublin')];
    await before.close();

    const second = await startEmbeddedProcess(['--data', data]);
    const after = await connect(second.apiUrl, second.awsUrl, second.stop);
    expect([await itemsOf(after, tripId), await seatsOf(after, 'demo-london-dublin')]).toEqual(kept);
    await after.close();
  });

  it('given bookings, when asked for, then metrics and logs of the functions are there', async () => {
    const target = await openOwnCloud();
    await ended(target, (await startDemo(target, { tripID: aTripId() })).executionArn);
    await ended(target, (await startDemo(target, { tripID: aTripId(), runType: 'failNotification' })).executionArn);
    await ended(target, (await startDemo(target, { tripID: aTripId(), runType: 'failHotel' })).executionArn);
    await startDemo(target, { runType: 'nonsense' });

    const { metrics } = (await (await fetch(`${target.awsUrl}/_local/metrics`)).json()) as {
      metrics: { name: string; namespace: string; value: number; dimensions: Record<string, string> }[];
    };
    const sum = (name: string) =>
      metrics.filter((metric) => metric.name === name).reduce((total, { value }) => total + value, 0);
    expect(new Set(metrics.map(({ namespace }) => namespace))).toEqual(new Set(['HolidayBooking/local']));
    expect(metrics.every(({ dimensions }) => dimensions.service === 'booking')).toBe(true);
    expect({
      reservations: sum('SuccessfulReservation'),
      bookings: sum('SuccessfulBooking'),
      cancellations: sum('SuccessfulCancellation'),
      notifications: sum('SuccessfulNotification'),
      invalid: sum('InvalidBookingRequest'),
    }).toEqual({ reservations: 3, bookings: 2, cancellations: 1, notifications: 2, invalid: 1 });
    expect(metrics.find(({ name }) => name === 'ColdStart')?.dimensions).toEqual({
      service: 'booking',
      function_name: expect.stringMatching(/^booking-saga-local-/),
    });
    expect(metrics.find(({ name }) => name === 'InvalidBookingRequest')?.dimensions).toEqual({
      service: 'booking',
      operation: 'startBooking',
    });

    const group = '/aws/lambda/booking-saga-local-reserve-hotel';
    const { lines } = (await (await fetch(`${target.awsUrl}/_local/logs?group=${group}`)).json()) as {
      lines: { message: string }[];
    };
    expect(lines.some(({ message }) => message.startsWith('REPORT RequestId'))).toBe(true);
    await target.close();
  });
});

suite(`stopping the local cloud in the middle${skipped}`, () => {
  it('given kept data and runs under way, when killed and started again, then they are undone or were booked', async () => {
    const data = join(scratch, 'killed');
    const trips = Array.from({ length: 20 }, aTripId);
    const first = await startEmbeddedProcess(['--data', data]);
    const before = await connect(first.apiUrl, first.awsUrl, first.kill);
    await Promise.all(trips.map((tripID) => startDemo(before, { tripID })));
    await before.close();

    const second = await startEmbeddedProcess(['--data', data]);
    const after = await connect(second.apiUrl, second.awsUrl, second.stop);
    let held = 0;
    for (const tripId of trips) {
      const header = await until(async () => {
        const found = await headerOf(after, tripId);
        return /^(CONFIRMED|CANCELLED)$/.test(String(found?.status)) ? found : undefined;
      });
      const booked = header.status === 'CONFIRMED';
      if (booked) held++;
      expect(await itemsOf(after, tripId)).toHaveLength(booked ? bookedItems : 1);
    }
    const seats = await seatsOf(after, 'demo-london-dublin');
    expect([seats.holds.length, seats.capacity]).toEqual([held, maxFlightSeats - held]);
    await after.close();
  }, 60_000);

  it.each(['a file', 'a folder that another local cloud has'])(
    'given %s as data folder, when started, then it says so',
    async (what) => {
      const data = join(scratch, what.replaceAll(' ', '-'));
      const other = what === 'a file' ? undefined : await startEmbeddedProcess(['--data', data]);
      if (other === undefined) writeFileSync(data, '');
      const { code, output } = await run(['--data', data]);
      await other?.stop();

      expect(code).toBe(1);
      expect(output).toContain(data);
      expect(output).toContain('--data');
    },
  );
});
