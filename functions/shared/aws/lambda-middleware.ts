import type { MiddlewareObj } from '@middy/core';
import { logger, metrics } from './observability.ts';

/** Step Functions keeps an error's cause in the state: far below its 256 KB, even with every layer failed. */
const maxErrorMessageBytes = 1024;

export function logContext(): MiddlewareObj {
  return {
    before: function addLogContext({ event, context }) {
      logger.addContext(context);
      const { trip_id, execution_id } = (event ?? {}) as Record<string, unknown>;
      logger.appendKeys({ trip_id, execution_id });
    },
    after: function resetLogContext() {
      logger.resetKeys();
    },
  };
}

export function metricsOfInvocation(): MiddlewareObj {
  const publish = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return {
    before: function captureColdStart({ context }) {
      metrics.setFunctionName(context.functionName);
      metrics.captureColdStartMetric();
    },
    after: publish,
    onError: publish,
  };
}

export function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  // A cut inside a character decodes to U+FFFD, which says nothing to anybody.
  return `${bytes
    .subarray(0, maxBytes - 3)
    .toString()
    .replace(/\uFFFD+$/, '')}…`;
}

/** The whole error goes to the log; what the state machine sees is its name and a short message, without stack. */
export function shortErrors(): MiddlewareObj {
  return {
    onError: function shortenError({ error, context }) {
      if (!error) return;
      logger.error('Step failed', error);
      logger.resetKeys();
      error.message = cutToBytes(error.message, maxErrorMessageBytes);
      error.stack = `${error.name}: request ${context.awsRequestId}`;
    },
  };
}
