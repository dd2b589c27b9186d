/** What of an `aws_lambda_function` AWS refuses, or the local cloud: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
import { addressOf, checkRange, refuseAttributes } from '../resource.ts';
import type { StackResource } from '../types.ts';

/** What would be left undone without a word, and what to write instead. */
const unserved = {
  dead_letter_config: 'name the queue in an aws_lambda_function_event_invoke_config, as its on_failure destination',
  layers: 'put what the function imports into its zip',
  image_uri: 'give it a zip',
  file_system_config: 'a function has its temporary folder alone',
  snap_start: 'leave it out, it is for other runtimes than Node.js',
  durable_config: 'use a state machine',
};

/** Also of a version that is swapped in. @throws Error that names the function, the attribute and what to write instead */
export const refuseUnserved = (resource: StackResource): void => refuseAttributes(resource, unserved);

const ranges = { timeout: [1, 900], memory_size: [128, 10_240] } as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

/** Of all variables together. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostVariableBytes = 4_096;

/** @throws Error that names the function, the attribute and what is wrong with it */
export function checkFunction(resource: StackResource): void {
  const { attributes } = resource;
  refuseUnserved(resource);
  for (const [attribute, range] of Object.entries(ranges)) {
    const value = attributes[attribute] ?? range[0];
    checkRange(`${addressOf(resource)}.${attribute}`, value, range);
  }
  for (const level of ['application_log_level', 'system_log_level']) {
    if (attributes.logging_config?.[level] === undefined) continue;
    throw new Error(`${addressOf(resource)}.logging_config.${level} is not served by the local cloud: leave it out`);
  }
  checkVariables(resource);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function checkVariables(resource: StackResource): void {
  const variables = resource.attributes.environment?.variables ?? {};
  const refuse = (why: string): never => {
    throw new Error(`${addressOf(resource)}.environment: ${why}`);
  };
  const names = Object.keys(variables);
  const taken = names.filter((name) => reserved.has(name));
  if (taken.length > 0) refuse(`Lambda sets these variables itself: ${taken.join(', ')}`);
  const odd = names.filter((name) => !/^[A-Za-z]\w+$/.test(name));
  if (odd.length > 0)
    refuse(`names of variables are a letter, then letters, digits and _, two at least: ${odd.join(', ')}`);
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > mostVariableBytes)
    refuse(`the variables have ${bytes} bytes as JSON, and Lambda takes ${mostVariableBytes}`);
}
