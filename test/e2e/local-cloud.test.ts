import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { projectRoot, run, scratch, skipped, start, suite } from './local-cloud-setup.ts';

const stackFolder = join(projectRoot, 'cdktf.out/stacks/booking-saga-local');

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
    [['--stack', 'nowhere/cdk.tf.json'], 1, /nowhere\/cdk\.tf\.json does not exist\.\n/],
    [['--retry-scale', 'fast'], 2, /--retry-scale must be a number from 0 to 1/],
    [['--colour'], 2, /--colour[\s\S]*npm start -- \[options\]/],
  ])(
    'given %j, when started, then it exits with a clear message, and with 2 where the arguments are wrong',
    async (args, expected, message) => {
      const { code, output } = await run(args);

      expect(code).toBe(expected);
      expect(output).toMatch(message);
      expect(output).not.toMatch(/^\s+at /m);
    },
  );

  it('given a port that is none, when started, then it names the variable', async () => {
    expect(await run([], { PORT: 'http' })).toMatchObject({ code: 2, output: expect.stringContaining('PORT must be') });
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

  /** A stack of whose functions one has its zip broken. */
  function brokenStack(breakIt: (zip: string) => void): string {
    const folder = stackCopy();
    const file = join(folder, 'cdk.tf.json');
    const functions = Object.values(JSON.parse(readFileSync(file, 'utf8')).resource.aws_lambda_function);
    const broken = (functions as { function_name: string; filename: string }[]).find((fn) =>
      fn.function_name.endsWith('reserve-hotel'),
    );
    breakIt(join(folder, broken?.filename ?? ''));
    return file;
  }

  it('given a bundle that is missing, when started, then it names the function', async () => {
    const { code, output } = await run(['--stack', brokenStack((zip) => rmSync(zip))]);

    expect(code).toBe(1);
    expect(output).toContain('reserve-hotel');
  });

  it('given a function that cannot be loaded, when started, then it is told, and everything else runs', async () => {
    const { child, output } = start(['--stack', brokenStack((zip) => writeFileSync(zip, 'not a zip'))]);
    await output(/reserve-hotel cannot be loaded; everything else runs: .*is not a zip file/);
    const [, url] = await output(/open at (http:\S+)/);

    expect((await fetch(`${url}/health`)).status).toBe(200);
    child.kill();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('given %s, when running, then it stops cleanly', async (signal) => {
    const { child, output } = start([]);
    const [greeting] = await output(/[\s\S]*npm run trip/);
    expect(greeting.match(/curl '/g)).toHaveLength(3);
    child.kill(signal);

    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});
