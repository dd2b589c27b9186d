/** What GetFunction and its relatives answer. */

import type { Bundle } from './bundles.ts';
import type { FunctionSettings } from './function-settings.ts';

/** All versions are as old as this process: the stack file does not say when a function was changed. */
const loadedAt = new Date();

export function describeFunction(fn: FunctionSettings, bundle: Bundle, qualifier?: string): Record<string, unknown> {
  const { attributes } = fn.resource;
  return {
    FunctionName: fn.name,
    FunctionArn: qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`,
    Runtime: fn.runtime,
    Role: fn.roleArn,
    Handler: fn.handler,
    CodeSize: bundle.codeSize,
    CodeSha256: bundle.codeSha256,
    Description: attributes.description ?? '',
    Timeout: fn.timeoutMs / 1_000,
    MemorySize: fn.memoryMb,
    Version: fn.version,
    LastModified: loadedAt.toISOString().replace('Z', '+0000'),
    Environment: { Variables: fn.variables },
    Architectures: attributes.architectures ?? ['x86_64'],
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: fn.logFormat, LogGroup: fn.logGroup },
  };
}
