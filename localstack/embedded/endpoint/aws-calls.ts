import { randomUUID } from 'node:crypto';
import { AwsError, type AwsService, type Caller } from '../types.ts';
import { cborCodec } from './cbor-codec.ts';
import type { Codec, ReplyContext } from './codec.ts';
import type { Reply, Request } from './http.ts';
import { identify } from './identify.ts';
import { jsonCodec } from './json-codec.ts';
import { lambdaCodec } from './lambda-codec.ts';
import { queryCodec } from './query-codec.ts';

export interface AwsCallsOptions {
  readonly services: Readonly<Record<string, AwsService>>;
  readonly callerOf: (accessKeyId: string | undefined) => Caller;
  /** Told of errors that are no AwsError: faults of the local cloud itself. */
  readonly logFault: (text: string) => void;
}

/** Answers a request of an AWS client: whom it is for, in which protocol, and who asks. Never rejects. */
export function createAwsCalls({
  services,
  callerOf,
  logFault,
}: AwsCallsOptions): (request: Request) => Promise<Reply> {
  const served = Object.keys(services).sort().join(', ');

  return async (request) => {
    const requestId = randomUUID();
    const { service, accessKeyId } = identify(request);
    const codec = codecOf(request, service);
    const context: ReplyContext = { request, service: service ?? '', requestId };
    try {
      const target = service !== undefined && Object.hasOwn(services, service) ? services[service] : undefined;
      if (!target) throw notServed(service);
      const call = codec.decode(request, context.service);
      const output = await target.call(call.operation, call.input, callerOf(accessKeyId));
      return codec.success(output, call, context);
    } catch (error) {
      return codec.failure(error instanceof AwsError ? error : fault(error, context), context);
    }
  };

  function notServed(service: string | undefined): AwsError {
    const problem = service
      ? `The embedded cloud has no service "${service}"`
      : 'The request names no AWS service (no credential scope, X-Amz-Target or API version)';
    return new AwsError('NotImplemented', `${problem}; served are ${served}.`, 501);
  }

  function fault(error: unknown, { service, requestId, request }: ReplyContext): AwsError {
    const stack = error instanceof Error ? error.stack : String(error);
    logFault(
      `${service}: ${request.method} ${request.path} failed inside the embedded cloud (request ${requestId})\n${stack}\n`,
    );
    return new AwsError('InternalFailure', `The embedded cloud failed; its log tells more (request ${requestId})`, 500);
  }
}

/** By what only one protocol has; the service decides where a request has nothing of the kind. */
function codecOf({ headers, path }: Request, service: string | undefined): Codec {
  if (headers['x-amz-target'] !== undefined || service === undefined) return jsonCodec;
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return cborCodec;
  if (service === 'lambda' || /^\/20\d\d-\d\d-\d\d\//.test(path)) return lambdaCodec;
  return queryCodec;
}
