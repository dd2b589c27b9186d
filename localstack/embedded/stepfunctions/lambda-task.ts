import { AwsError, type Caller } from '../types.ts';
import { messageOf } from '../values.ts';
import type { InvokeEvent, InvokeFunction } from './contract.ts';
import { StatesError } from './errors.ts';
import { isObject, textOf } from './json.ts';
import { sdkMetadata } from './service-task.ts';

/** Exceptions of Lambda's Invoke that keep their own name; any other code is one that AWS's SDK does not model. */
const MODELLED = new Set([
  'ServiceException',
  'TooManyRequestsException',
  'ResourceNotFoundException',
  'ResourceNotReadyException',
  'ResourceConflictException',
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'RequestTooLargeException',
]);

/** A function's ARN as the resource: its payload is the result. */
export async function invokeDirectly(
  invoke: InvokeFunction,
  arn: string,
  input: unknown,
  caller: Caller,
): Promise<unknown> {
  const { payload, functionError } = await invoke(arn, input, caller).catch(rethrow);
  if (functionError !== undefined) throw functionFailure(payload);
  return payload ?? null;
}

/** `arn:aws:states:::lambda:invoke`: the payload wrapped in the API's answer. With InvocationType Event there is none yet. */
export async function invokeOptimised(
  { invoke, invokeEvent }: { readonly invoke: InvokeFunction; readonly invokeEvent: InvokeEvent },
  input: unknown,
  caller: Caller,
): Promise<unknown> {
  const { FunctionName, Qualifier, InvocationType, Payload } = input as Readonly<Record<string, unknown>>;
  if (typeof FunctionName !== 'string') {
    throw new StatesError('States.Runtime', "The field 'FunctionName' is required but was missing");
  }
  const name = Qualifier === undefined ? FunctionName : `${FunctionName}:${Qualifier}`;
  if (InvocationType === 'Event') {
    await invokeEvent(name, Payload ?? {}, caller).catch(rethrow);
    return { Payload: '', ...sdkMetadata(202), StatusCode: 202 };
  }
  const reply = await invoke(name, Payload ?? {}, caller).catch(rethrow);
  const { payload, functionError, executedVersion = '$LATEST' } = reply;
  if (functionError !== undefined) throw functionFailure(payload);
  return { ExecutedVersion: executedVersion, Payload: payload ?? null, ...sdkMetadata(), StatusCode: 200 };
}

/**
 * What the function threw, by its own `errorType`, with the whole error payload as cause. A time-out has the type
 * `Sandbox.Timedout` on current runtimes; older ones give none, and a payload without a type is `Lambda.Unknown`.
 */
function functionFailure(payload: unknown): StatesError {
  const { errorType, errorMessage } = (isObject(payload) ? payload : {}) as {
    errorType?: unknown;
    errorMessage?: unknown;
  };
  if (typeof errorType === 'string' && errorType !== '') return new StatesError(errorType, textOf(payload));
  if (/Task timed out after/.test(String(errorMessage))) return new StatesError('Sandbox.Timedout', textOf(payload));
  const why = 'The cause could not be determined because Lambda did not return an error type.';
  return new StatesError('Lambda.Unknown', `${why} Returned payload: ${textOf(payload)}`);
}

/** Lambda's own failures; what is no AwsError never reached Lambda. */
function rethrow(thrown: unknown): never {
  const message = messageOf(thrown);
  if (!(thrown instanceof AwsError)) throw new StatesError('Lambda.SdkClientException', message);
  const name = MODELLED.has(thrown.code) ? thrown.code : 'AWSLambdaException';
  const cause = `${message} (Service: AWSLambda; Status Code: ${thrown.statusCode}; Error Code: ${thrown.code})`;
  throw new StatesError(`Lambda.${name}`, cause);
}
