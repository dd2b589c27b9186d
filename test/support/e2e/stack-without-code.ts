import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface SynthesizedStack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/**
 * Writes an emulator's stack without the bucket that its functions' code lies in, which is a matter of the deployment alone:
 * the local cloud, which reads the file for the tests, has no buckets.
 * @returns the file, beside that of the stack
 */
export function stackWithoutCode(stackFolder: string): string {
  const stack = JSON.parse(readFileSync(join(stackFolder, 'cdk.tf.json'), 'utf8')) as SynthesizedStack;
  const resources = Object.entries(stack.resource).filter(([type]) => !type.startsWith('aws_s3_'));
  const resource = resources.map(([type, byName]) => [
    type,
    type === 'aws_lambda_function'
      ? Object.fromEntries(
          Object.entries(byName).map(([name, { s3_bucket: _bucket, s3_key: _key, ...fn }]) => [name, fn]),
        )
      : byName,
  ]);
  const file = join(stackFolder, 'without-code.json');
  writeFileSync(file, JSON.stringify({ ...stack, resource: Object.fromEntries(resource) }));
  return file;
}
