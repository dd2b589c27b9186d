import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsError } from '#embedded/types.ts';
import type { Subject } from './dynamodb/subject.ts';

/** Amazon's own DynamoDB Local comes inside this package; it is too big for a dependency of everybody. */
const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';
const INTEGRITY = 'xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==';
const CACHE = join(import.meta.dirname, '..', '..', '.local', 'dynamodb-local');
const EMULATOR = join(CACHE, 'package', 'emulator');
const READY_WITHIN_MS = 60_000;

/** DynamoDB Local on a free port, in memory; or the reason why it cannot run here. */
export async function startDynamoDbLocal(): Promise<Subject | { readonly reason: string }> {
  if (spawnSync('java', ['-version']).status !== 0) return { reason: 'java is not on the PATH' };
  const missing = fetchPackage();
  if (missing !== undefined) return { reason: missing };
  const port = await freePort();
  const java = spawn(
    'java',
    [
      '-Xmx256m',
      // A short run: the second compiler and the parallel collector cost more than they save.
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Djava.library.path=./DynamoDBLocal_lib',
      '-jar',
      'DynamoDBLocal.jar',
      '-inMemory',
      '-port',
      `${port}`,
    ],
    { cwd: EMULATOR, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => java.once('exit', () => resolve()));
  const call = (operation: string, input: Record<string, unknown>) => request(port, operation, input);
  const close = async () => {
    java.kill();
    await ended;
  };
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      await call('ListTables', {});
      return { name: "Amazon's DynamoDB Local", isLocal: true, call, close };
    } catch (error) {
      if (java.exitCode !== null) return { reason: `DynamoDB Local ended at once with exit code ${java.exitCode}` };
      if (Date.now() > giveUpAt) {
        await close();
        return { reason: `DynamoDB Local did not answer within ${READY_WITHIN_MS} ms: ${error}` };
      }
      await delay(100);
    }
  }
}

/** Downloads and unpacks the package once. Gives the reason when it cannot. */
function fetchPackage(): string | undefined {
  if (existsSync(join(EMULATOR, 'DynamoDBLocal.jar'))) return undefined;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'download-'));
  try {
    const packed = spawnSync('npm', ['pack', PACKAGE, '--silent'], { cwd: folder, encoding: 'utf8' });
    const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'));
    if (packed.status !== 0 || archive === undefined) {
      return `npm pack ${PACKAGE} failed: ${packed.error?.message ?? packed.stderr}`;
    }
    const digest = createHash('sha512')
      .update(readFileSync(join(folder, archive)))
      .digest('base64');
    if (digest !== INTEGRITY) return `${PACKAGE} has the checksum ${digest}, expected ${INTEGRITY}`;
    const unpacked = spawnSync('tar', ['-xzf', archive], { cwd: folder, encoding: 'utf8' });
    if (unpacked.status !== 0) return `tar could not unpack ${archive}: ${unpacked.error?.message ?? unpacked.stderr}`;
    // In one move, so that a run that is killed halfway leaves no half of it behind.
    try {
      renameSync(join(folder, 'package'), join(CACHE, 'package'));
    } catch (error) {
      // Another test file beside this one may have been first.
      if (!existsSync(join(CACHE, 'package'))) throw error;
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No free port to be had.');
  return address.port;
}

/** The AWS JSON protocol by hand: the SDK would hide what goes over the wire. */
async function request(port: number, operation: string, input: Record<string, unknown>) {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
    },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as Record<string, unknown>;
  if (response.ok) return body;
  const { __type: type, message, Message, ...details } = body;
  throw new AwsError(String(type).split('#').at(-1) ?? '', String(message ?? Message ?? ''), response.status, details);
}
