import { randomUUID } from 'node:crypto';
import type { Reply } from '../http.ts';
import { AwsError, type AwsService, type Caller } from '../types.ts';
import type { Codec, ReplyContext } from './codec.ts';
import type { Request } from './http.ts';
import { createIdentify } from './identify.ts';
import { jsonCodec } from './json-codec.ts';
import { createQueryCodec } from './query-codec.ts';
import { createRestCodec } from './rest-codec.ts';
import type { Wires } from './wire.ts';

export interface AwsCallsOptions {
  readonly services: Readonly<Record<string, AwsService>>;
  readonly wires: Wires;
  readonly callerOf: (accessKeyId: string | undefined) => Caller;
  /** Told of errors that are no AwsError: faults of the local cloud itself. */
  readonly logFault: (text: string) => void;
}

/** What a service that is not here speaks; it is told in that protocol. */
const unknownRest = createRestCodec({});
const unknownQuery = createQueryCodec({ version: '', namespace: 'https://amazonaws.com/', maps: new Set() });
/** SQS's protocol until 2023, CloudWatch's until 2025. */
const oldQuery = { ...unknownQuery };

/** Answers a request of an AWS client: whom it is for, in which protocol, and who asks. Never rejects. */
export function createAwsCalls(options: AwsCallsOptions): (request: Request) => Promise<Reply> {
  const { services, wires, callerOf, logFault } = options;
  const served = Object.keys(services).sort().join(', ');
  const identify = createIdentify(wires);
  const codecs = new Map(
    Object.entries(wires).map(([name, { query, routes, malformed }]): [string, Codec] => {
      return [name, routes ? createRestCodec(routes, malformed) : query ? createQueryCodec(query) : jsonCodec];
    }),
  );

  function codecOf({ headers, body }: Request, service: string | undefined): Codec {
    if (headers['x-amz-target'] !== undefined || service === undefined) return jsonCodec;
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') && body.length > 0;
    const codec = codecs.get(service) ?? (isForm || service === 's3' ? unknownQuery : unknownRest);
    return codec === jsonCodec ? oldQuery : codec;
  }

  return async (request) => {
    const requestId = randomUUID();
    const { service, accessKeyId } = identify(request);
    const codec = codecOf(request, service);
    const context: ReplyContext = { request, service: service ?? '', requestId };
    try {
      const target = service !== undefined && Object.hasOwn(services, service) ? services[service] : undefined;
      if (!target) throw notServed(service, request);
      if (codec === oldQuery) throw tooOld(context.service);
      const call = codec.decode(request, context.service);
      const output = await target.call(call.operation, call.input, callerOf(accessKeyId));
      return codec.success(output, call, context);
    } catch (error) {
      return codec.failure(error instanceof AwsError ? error : fault(error, context), context);
    }
  };

  /** With a status that no client tries again. */
  function notServed(service: string | undefined, { headers }: Request): AwsError {
    const target = headers['x-amz-target'];
    const unknown =
      target === undefined ? 'The request names no AWS service' : `No service of the local cloud has ${target}`;
    const problem = service ? `The local cloud has no service "${service}"` : unknown;
    return new AwsError('NotImplemented', `${problem}; served are ${served}.`);
  }

  function tooOld(service: string): AwsError {
    return new AwsError('InvalidAction', `The local cloud speaks AWS JSON with ${service}: use a newer client.`);
  }

  function fault(error: unknown, { service, requestId, request }: ReplyContext): AwsError {
    const stack = error instanceof Error ? error.stack : String(error);
    logFault(
      `${service}: ${request.method} ${request.path} failed inside the local cloud (request ${requestId})\n${stack}\n`,
    );
    return new AwsError('InternalFailure', `The local cloud failed; its log tells more (request ${requestId})`, 500);
  }
}
