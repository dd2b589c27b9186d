/** Runs nubo-db/dynamodb-conformance (MIT), whose tests were made against AWS, in a checkout of it with its dependencies installed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startCloud } from '../../index.ts';
import type { Result } from './cases.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: 'passed' | 'failed' | string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

export async function runDynamoDbTests(checkout: string): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const stackFile = join(folder, 'cdk.tf.json');
  writeFileSync(stackFile, '{}');
  const cloud = await startCloud({ stackFile, port: 0, awsPort: 0 });
  try {
    const report = join(folder, 'report.json');
    const args = ['vitest', 'run', '--reporter=json', `--outputFile=${report}`];
    await ended('npx', args, resolve(checkout), { ...process.env, DYNAMODB_ENDPOINT: cloud.awsUrl });
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const run = testResults.flatMap(({ assertionResults }) => assertionResults);
    return run
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, failureMessages = [] }) => ({
        name: fullName.trim(),
        difference: status === 'passed' ? undefined : (failureMessages[0]?.split('\n')[0] ?? 'failed'),
      }));
  } finally {
    await cloud.close();
    rmSync(folder, { recursive: true });
  }
}

/** In a process of its own, since the tests call the cloud of this one. */
function ended(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', fail);
    child.once('exit', () => done());
  });
}
