/** What an `aws_lambda_function` of the stack says of one of its versions, with AWS's defaults. */

import { resolve } from 'node:path';
import type { StackResource } from '../types.ts';
import { refuseUnserved } from './checks.ts';

export interface FunctionSettings {
  readonly resource: StackResource;
  readonly name: string;
  /** Without a version. */
  readonly arn: string;
  /** `$LATEST`, or the number of a published version. */
  readonly version: string;
  readonly zip: string;
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly logGroup: string;
  readonly logFormat: 'Text' | 'JSON';
  /** Undefined: no limit of its own. 0: every invocation is refused. */
  readonly reservedConcurrency: number | undefined;
}

/** https://aws.amazon.com/blogs/compute/node-js-24-runtime-now-available-in-aws-lambda/ */
export const awaitsHandler = ({ runtime }: FunctionSettings): boolean =>
  Number.parseInt(runtime.slice('nodejs'.length), 10) >= 24;

export const LATEST = '$LATEST';

/** The versions of a function: the last is the one that the stack's own callers mean. */
export function versionsOf({ attributes }: StackResource): string[] {
  const { version = LATEST } = attributes;
  return version === LATEST ? [LATEST] : [LATEST, String(version)];
}

/** One of a function's versions among all of the stack's. */
export const keyOf = ({ name, version }: FunctionSettings): string => `${name}:${version}`;

/** Of every version of every function; of one function, `$LATEST` first. */
export function settingsOf(functions: readonly StackResource[], stackFolder: string): FunctionSettings[] {
  return functions.flatMap((resource) =>
    versionsOf(resource).map((version) => functionSettings(resource, stackFolder, version)),
  );
}

/** @throws an error that names the function and the attribute that is missing, or that is not served */
function functionSettings(resource: StackResource, stackFolder: string, version = LATEST): FunctionSettings {
  const { attributes } = resource;
  const required = (attribute: string): string => {
    const value = attributes[attribute];
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`aws_lambda_function.${resource.name}: "${attribute}" is missing in the stack file`);
  };
  refuseUnserved(resource);
  const runtime = required('runtime');
  if (!runtime.startsWith('nodejs')) {
    const place = `aws_lambda_function.${resource.name}.runtime`;
    throw new Error(
      `${place} is ${runtime}, which is not served by the local cloud: functions run in Node.js, as nodejs24.x`,
    );
  }
  const name = required('function_name');
  const logging = attributes.logging_config ?? {};
  const reserved = attributes.reserved_concurrent_executions as number | undefined;
  const variables = Object.entries(attributes.environment?.variables ?? {});
  return {
    resource,
    name,
    arn: required('arn'),
    version,
    zip: resolve(stackFolder, required('filename')),
    handler: required('handler'),
    runtime,
    timeoutMs: 1_000 * Number(attributes.timeout ?? 3),
    memoryMb: Number(attributes.memory_size ?? 128),
    variables: Object.fromEntries(variables.map(([key, value]) => [key, String(value)])),
    roleArn: required('role'),
    logGroup: String(logging.log_group ?? `/aws/lambda/${name}`),
    logFormat: logging.log_format === 'JSON' ? 'JSON' : 'Text',
    reservedConcurrency: reserved === undefined || reserved < 0 ? undefined : reserved,
  };
}
