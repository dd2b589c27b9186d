import type { InvokePort } from './http-api/index.ts';
import { openHttpApi } from './http-api/open-http-api.ts';
import type { Issuer } from './issuer/index.ts';
import { createLogs } from './logs/index.ts';
import type { Closable, Stack } from './types.ts';

export interface GatewayOptions {
  readonly stack: Stack;
  /** 0: any free one. */
  readonly port: number;
  /** Of the tokens that are verified without a request. */
  readonly issuer?: Issuer | undefined;
  /** Calls a function wherever it is. */
  readonly invoke: InvokePort;
}

export interface Gateway extends Closable {
  readonly url: string;
}

/** The stack's HTTP API alone, in front of functions that run elsewhere. */
export function startGateway({ stack, port, issuer, invoke }: GatewayOptions): Promise<Gateway> {
  return openHttpApi(stack, { port, issuer, invoke, logs: createLogs({}) });
}
