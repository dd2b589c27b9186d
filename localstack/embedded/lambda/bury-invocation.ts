/** What becomes of an asynchronous invocation that was given up: a record of it in the queue that the function names. */

import { randomUUID } from 'node:crypto';
import type { Caller } from '../types.ts';
import type { AsyncJob, Failure } from './async-invocations.ts';
import type { EventInvokeConfig } from './event-invoke-config.ts';

/** As this role: the function's own, as on AWS. Throws where the role may not, or the queue is missing. */
export type SendToQueue = (queueArn: string, body: string, caller: Caller) => Promise<void>;

export interface BurialParts {
  /** With its version. */
  readonly functionArn: string;
  readonly version: string;
  readonly roleArn: string;
  readonly payload: unknown;
  readonly config: EventInvokeConfig;
  readonly sendToQueue: SendToQueue | undefined;
  readonly warn: (message: string) => void;
}

export function burialOf({ config, sendToQueue, warn, ...parts }: BurialParts): AsyncJob['bury'] {
  return async (failure, tries) => {
    const lost = (reason: string) => {
      const times = tries === 1 ? '1 try' : `${tries} tries`;
      warn(`${parts.functionArn}: an asynchronous invocation was given up after ${times}: ${reason}`);
    };
    if (config.onFailure === undefined || sendToQueue === undefined) return lost(reasonOf(failure));
    const body = JSON.stringify(recordOf(parts, failure, tries));
    try {
      await sendToQueue(config.onFailure, body, { roleArn: parts.roleArn });
    } catch (error) {
      lost(`${reasonOf(failure)}; and its record could not be sent to ${config.onFailure}: ${messageOf(error)}`);
    }
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function recordOf(
  { functionArn, version, payload }: Pick<BurialParts, 'functionArn' | 'version' | 'payload'>,
  failure: Failure,
  tries: number,
) {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn,
      condition: 'RetriesExhausted',
      approximateInvokeCount: tries,
    },
    requestPayload: payload,
    ...('reply' in failure && {
      responseContext: { statusCode: 200, executedVersion: version, functionError: failure.reply.functionError },
      responsePayload: failure.reply.payload,
    }),
  };
}

function reasonOf(failure: Failure): string {
  if ('error' in failure) return messageOf(failure.error);
  const { errorMessage } = (failure.reply.payload ?? {}) as { errorMessage?: unknown };
  return String(errorMessage ?? failure.reply.functionError);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
