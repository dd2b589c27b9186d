/** What becomes of an asynchronous invocation that was given up: a record of it in the queue that the function names. */

import type { Caller } from '../types.ts';
import { messageOf } from '../values.ts';
import type { AsyncInvocation, Failure, GivenUp } from './async-invocations.ts';
import type { FunctionSettings } from './function-settings.ts';

/** As this role: the function's own, as on AWS. Throws where the role may not, or the queue is missing. */
export type SendToQueue = (queueArn: string, body: string, caller: Caller) => Promise<void>;

interface BurialParts {
  readonly invocation: AsyncInvocation;
  readonly requestId: string;
  readonly failure: Failure;
  readonly condition: GivenUp;
  /** Undefined for a function that has left the stack meanwhile. */
  readonly fn: FunctionSettings | undefined;
  /** ARN of the queue for records. */
  readonly onFailure: string | undefined;
  readonly sendToQueue: SendToQueue | undefined;
  readonly warn: (message: string) => void;
}

/** Never rejects. */
export async function buryInvocation(parts: BurialParts): Promise<void> {
  const { invocation, failure, fn, onFailure, sendToQueue, warn } = parts;
  const { functionArn, tries } = invocation;
  const lost = (reason: string) => {
    const times = tries === 1 ? '1 try' : `${tries} tries`;
    warn(`${functionArn}: an asynchronous invocation was given up after ${times}: ${reason}`);
  };
  if (fn === undefined || onFailure === undefined || sendToQueue === undefined) return lost(reasonOf(failure));
  try {
    await sendToQueue(onFailure, JSON.stringify(recordOf(parts, fn)), { roleArn: fn.roleArn });
  } catch (error) {
    lost(`${reasonOf(failure)}; and its record could not be sent to ${onFailure}: ${messageOf(error)}`);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function recordOf({ invocation, requestId, failure, condition }: BurialParts, { arn, version }: FunctionSettings) {
  const { payload, tries } = invocation;
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${arn}:${version}`,
      condition,
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
