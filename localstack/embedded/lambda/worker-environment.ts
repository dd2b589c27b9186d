/** The variables that AWS sets in an execution environment ("Defined runtime environment variables" of the developer guide). */

import { randomBytes } from 'node:crypto';
import type { Environment } from '../types.ts';
import type { FunctionSettings } from './function-settings.ts';

export function logStreamName(version: string, now = new Date()): string {
  return `${now.toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${randomBytes(16).toString('hex')}`;
}

/** @param own the function's credentials and endpoint, which win as they do on AWS */
export function workerEnvironment(
  fn: FunctionSettings,
  taskRoot: string,
  logStream: string,
  { region }: Environment,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...fn.variables,
    _HANDLER: fn.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: fn.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: fn.logFormat,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    ...own,
  };
}
