/** What GetFunction and its relatives answer. */

import type { Bundle } from './bundles.ts';
import type { FunctionSettings } from './function-settings.ts';

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
    Version: '$LATEST',
    Environment: { Variables: fn.variables },
    Architectures: attributes.architectures ?? ['x86_64'],
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: fn.logFormat, LogGroup: fn.logGroup },
  };
}
