import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy, { type MiddlewareObj, type MiddyfiedHandler } from '@middy/core';
import { logger, metrics } from './observability.ts';

/** Step Functions keeps an error's cause in the state: far below its 256 KB, even with every layer failed. */
const maxErrorMessageBytes = 1024;

/**
 * A handler whose log lines carry the invocation and, behind the HTTP API, the gateway's request id as `correlation_id`;
 * its metrics go out at the end, whether it succeeds or fails.
 * @param first runs before all of that, for a function whose event has to be taken apart
 */
export function observed<Event, Result>(first: MiddlewareObj | MiddlewareObj[] = []): MiddyfiedHandler<Event, Result> {
  return middy<Event, Result>()
    .use(first as MiddlewareObj<Event, Result>)
    .use(injectLambdaContext(logger, { correlationIdPath: 'requestContext.requestId', resetKeys: true }))
    .use(logMetrics(metrics, { captureColdStartMetric: true }));
}

/** Every line of a step names its trip and its run. */
export function runKeys(): MiddlewareObj {
  return {
    before: function addRunKeys({ event }) {
      const { trip_id, execution_id } = (event ?? {}) as Record<string, unknown>;
      logger.appendKeys({ trip_id, execution_id });
    },
  };
}

export function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  // A cut inside a character decodes to the meaningless U+FFFD, at most three of them.
  return `${bytes
    .subarray(0, maxBytes - 3)
    .toString()
    .replace(/\uFFFD{1,3}$/, '')}…`;
}

/** The whole error goes to the log; what the state machine sees is its name and a short message, without stack. */
export function shortErrors(): MiddlewareObj {
  return {
    onError: function shortenError({ error, context }) {
      if (!error) return;
      logger.error('Step failed', error);
      error.message = cutToBytes(error.message, maxErrorMessageBytes);
      error.stack = `${error.name}: request ${context.awsRequestId}`;
    },
  };
}
