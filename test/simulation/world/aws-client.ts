import { AsyncLocalStorage } from 'node:async_hooks';
import { StandardRetryStrategy } from '@smithy/core/retry';

/** A request of the SDK, as far as this looks at it. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

export interface SdkReply {
  readonly statusCode: number;
  readonly headers: Record<string, unknown>;
  readonly body: Uint8Array;
}

/** Where the function that sends a request runs. */
export interface Invocation {
  /** Of the world that the function runs in. */
  readonly retries: StandardRetryStrategy;
  send(request: SdkRequest): Promise<SdkReply>;
}

/** The SDK's clients are made once a process; the invocation that uses one says in which world. */
export const invocations = new AsyncLocalStorage<Invocation>();

export const retriesOfWorld = (): StandardRetryStrategy => new StandardRetryStrategy(3);

function present(): Invocation {
  const invocation = invocations.getStore();
  if (invocation === undefined) throw new Error('A request to AWS comes from outside of any invocation');
  return invocation;
}

/** What every client of the service is made with, in place of sockets, signatures and the machine's credentials. */
export const awsClient = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  signer: { sign: async (request: unknown) => request },
  retryStrategy: {
    acquireInitialRetryToken: (scope: string) => present().retries.acquireInitialRetryToken(scope),
    refreshRetryTokenForRetry: (...parts: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>) =>
      present().retries.refreshRetryTokenForRetry(...parts),
    recordSuccess: (token: Parameters<StandardRetryStrategy['recordSuccess']>[0]) =>
      present().retries.recordSuccess(token),
  },
  requestHandler: {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request: SdkRequest) => ({ response: await present().send(request) }),
  },
};
