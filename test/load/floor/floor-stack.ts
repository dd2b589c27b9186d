import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { esbuildOptions } from '#infra/bundling/bundle.ts';
import { vendorOf } from '#infra/bundling/vendor.ts';
import { zipOf } from '#infra/bundling/zip.ts';
import { distFolder } from '#infra/paths.ts';

export const floorFunctionName = 'bench-floor';

const anyAction = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] };
const byLambda = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const reference = (attribute: string): string => `\${${attribute}}`;

/** Writes the stack with the floor's function beside the others, whose packages it shares. @returns the stack file */
export async function writeFloorStack(stackFile: string): Promise<string> {
  const stack = JSON.parse(readFileSync(stackFile, 'utf8')) as { resource: Record<string, Record<string, object>> };
  const add = (type: string, attributes: object): void => {
    stack.resource[type] = { ...stack.resource[type], BenchFloor: attributes };
  };
  add('aws_iam_role', { name: floorFunctionName, assume_role_policy: JSON.stringify(byLambda) });
  add('aws_iam_role_policy', {
    name: 'any',
    role: reference('aws_iam_role.BenchFloor.name'),
    policy: JSON.stringify(anyAction),
  });
  add('aws_lambda_function', {
    function_name: floorFunctionName,
    filename: await zipFloor(),
    handler: 'index.handler',
    memory_size: 512,
    publish: false,
    role: reference('aws_iam_role.BenchFloor.arn'),
    runtime: 'nodejs22.x',
    timeout: 30,
  });
  // Beside the other one: zips are found from its folder.
  const file = join(dirname(stackFile), 'bench.tf.json');
  writeFileSync(file, JSON.stringify(stack));
  return file;
}

async function zipFloor(): Promise<string> {
  const source = fileURLToPath(new URL('./function.ts', import.meta.url));
  const { outputFiles } = await build({ ...esbuildOptions('faults'), entryPoints: [{ in: source, out: 'floor' }] });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no bundle of the floor');
  const folder = join(distFolder, 'floor');
  mkdirSync(folder, { recursive: true });
  const zip = join(folder, 'floor.zip');
  writeFileSync(zip, zipOf({ 'index.mjs': bundle.contents, ...Object.fromEntries(vendorOf(bundle.text)) }));
  return zip;
}
