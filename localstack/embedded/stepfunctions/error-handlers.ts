/** What Step Functions refuses of Retry and Catch: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
import type { Retrier, StateDefinition } from './definition.ts';
import { assertFields, assertWhole, mostSeconds } from './definition-rules.ts';
import { UnsupportedDefinitionError } from './errors.ts';

const RETRY_FIELDS = [
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
  'Comment',
];
const CATCH_FIELDS = ['ErrorEquals', 'Next', 'ResultPath', 'Comment'];

/** @throws Error that names the state and the field */
export function assertErrorHandlers(where: string, { Retry = [], Catch = [] }: StateDefinition): void {
  for (const [field, handlers] of Object.entries({ Retry, Catch })) {
    for (const [index, handler] of handlers.entries()) {
      if (field === 'Catch' && Object.hasOwn(handler, 'Assign')) {
        throw new UnsupportedDefinitionError(where, 'Assign of Catch', 'Leave it out.');
      }
      assertFields(where, field, handler, field === 'Retry' ? RETRY_FIELDS : CATCH_FIELDS);
      const { ErrorEquals } = handler;
      if (!Array.isArray(ErrorEquals)) continue;
      if (ErrorEquals.length === 0) throw new Error(`${where}: ErrorEquals of ${field} names one error at least`);
      if (!ErrorEquals.includes('States.ALL')) continue;
      if (ErrorEquals.length > 1) throw new Error(`${where}: States.ALL must appear alone in ErrorEquals of ${field}`);
      if (index < handlers.length - 1) throw new Error(`${where}: States.ALL must be in the last of ${field}`);
    }
  }
  for (const retrier of Retry) assertRetrier(where, retrier);
}

function assertRetrier(where: string, retrier: Retrier): void {
  const { BackoffRate = 2, JitterStrategy = 'NONE' } = retrier;
  assertWhole(where, 'IntervalSeconds of Retry', retrier.IntervalSeconds, 1, mostSeconds);
  assertWhole(where, 'MaxAttempts of Retry', retrier.MaxAttempts, 0, 99_999_999);
  assertWhole(where, 'MaxDelaySeconds of Retry', retrier.MaxDelaySeconds, 1, 31_622_400);
  if (BackoffRate < 1) throw new Error(`${where}: BackoffRate of Retry is at least 1.0, not ${BackoffRate}`);
  if (!['FULL', 'NONE'].includes(JitterStrategy)) {
    throw new Error(`${where}: JitterStrategy of Retry is FULL or NONE, not ${JSON.stringify(JitterStrategy)}`);
  }
}
