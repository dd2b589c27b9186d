/** Small real bundles in a temporary folder, and a Lambda service over them. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { createLambda, type FunctionsSwap, type LambdaOptions, type LambdaService } from '#embedded/lambda/index.ts';
import { createLogs, type Logs } from '#embedded/logs/index.ts';
import { type Authorize, AwsError, type StackResource } from '#embedded/types.ts';

/** Also what a failed test left open: its workers would keep the process alive. */
const open = new Set<() => Promise<void>>();
afterAll(async () => {
  for (const close of open) await close();
});

export const environment = { region: 'us-east-1', accountId: '000000000000' };

export const allowAll: Authorize = () => {};

export const deny =
  (...denied: string[]): Authorize =>
  (caller, action) => {
    if (caller.roleArn !== undefined && denied.includes(action)) {
      throw new AwsError('AccessDeniedException', `${caller.roleArn} may not ${action}`, 403);
    }
  };

export interface Fixture {
  readonly lambda: LambdaService;
  readonly logs: Logs;
  /** Lines of the function's group. */
  log(name?: string): string[];
  /** Swaps in these functions, in new zips. */
  swap(sources: Readonly<Record<string, string | FunctionSource>>): Promise<FunctionsSwap>;
  /** As a build does that writes into an empty folder. */
  removeZips(): void;
  close(): Promise<void>;
}

export interface FunctionSource {
  /** Content of index.mjs, or all files by name; undefined: no zip is written. */
  readonly code: string | Record<string, string> | undefined;
  readonly attributes?: Record<string, unknown>;
}

export function arnOf(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}

/** @param sources by function name; a plain text is the code of index.mjs */
export async function aLambda(
  sources: Record<string, string | FunctionSource>,
  options: Partial<LambdaOptions> = {},
): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-test-'));
  const functionsOf = (all: Readonly<Record<string, string | FunctionSource>>) =>
    Object.entries(all).map(([name, source]) =>
      aFunction(folder, name, typeof source === 'string' ? { code: source } : source),
    );
  const functions = functionsOf(sources);
  const logs = createLogs();
  const environmentFor = () => ({ AWS_ACCESS_KEY_ID: 'key-of-the-role' });
  try {
    const parts = { functions, stackFolder: folder, environment, authorize: allowAll, environmentFor, logs };
    const lambda = await createLambda({ ...parts, ...options });
    const close = async () => {
      open.delete(close);
      await lambda.close();
      rmSync(folder, { recursive: true, force: true });
    };
    open.add(close);
    return {
      lambda,
      logs,
      log: (name = functions[0]?.attributes.function_name) =>
        logs.lines({ group: `/aws/lambda/${name}` }).map(({ message }) => message),
      swap: (changed) => lambda.swap(functionsOf(changed), folder),
      removeZips() {
        for (const file of readdirSync(folder)) rmSync(join(folder, file));
      },
      close,
    };
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

function aFunction(folder: string, name: string, { code, attributes }: FunctionSource): StackResource {
  const filename = `${name}-${randomUUID()}.zip`;
  if (code !== undefined) {
    const files = typeof code === 'string' ? { 'index.mjs': code } : code;
    const entries = Object.entries(files).map(([path, content]) => [path, strToU8(content)]);
    // Equal files give an equal zip at any time.
    writeFileSync(join(folder, filename), zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1) }));
  }
  return {
    type: 'aws_lambda_function',
    name,
    attributes: {
      function_name: name,
      arn: arnOf(name),
      filename,
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      timeout: 30,
      memory_size: 256,
      role: `arn:aws:iam::000000000000:role/${name}`,
      ...attributes,
    },
  };
}
