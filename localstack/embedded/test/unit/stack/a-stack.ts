import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadOptions, loadStack } from '#embedded/stack/index.ts';
import type { Stack } from '#embedded/types.ts';

/** Resources as `type → name → attributes`, or whole sections of the file. */
export interface StackContent {
  readonly resource?: Record<string, Record<string, unknown>>;
  readonly [section: string]: unknown;
}

/** Loads a stack file with this content from a folder of its own. */
export function aStack(
  content: StackContent | string,
  options?: LoadOptions,
  files: Record<string, string> = {},
): Stack {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'));
  try {
    const file = join(folder, 'cdk.tf.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return loadStack(file, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Value of one Terraform expression or template in a stack with a table `t`, a queue `q` and a few variables. */
export function evaluated(template: unknown, files?: Record<string, string>): unknown {
  const content = {
    resource: {
      aws_dynamodb_table: { t: { name: 'parcels', ttl: [{ enabled: true }] } },
      aws_sqs_queue: { q: { name: 'q' } },
    },
    variable: {
      stage: { default: 'local' },
      count: { default: 3 },
      flag: { default: true },
      list: { default: ['a', 'b', 'c'] },
    },
    locals: { tags: { team: 'travel' } },
    output: { it: { value: template } },
  };
  return aStack(content, {}, files).outputs.it;
}
