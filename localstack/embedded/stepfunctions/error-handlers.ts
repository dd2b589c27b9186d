/** What Step Functions refuses of Retry and Catch: https://states-language.net/spec.html#errors */
import type { Retrier, StateDefinition } from './definition.ts';

/** @throws Error that names the state and the field */
export function assertErrorHandlers(where: string, { Retry = [], Catch = [] }: StateDefinition): void {
  for (const [field, handlers] of Object.entries({ Retry, Catch })) {
    for (const [index, { ErrorEquals }] of handlers.entries()) {
      if (!Array.isArray(ErrorEquals) || !ErrorEquals.includes('States.ALL')) continue;
      if (ErrorEquals.length > 1) throw new Error(`${where}: States.ALL must appear alone in ErrorEquals of ${field}`);
      if (index < handlers.length - 1) throw new Error(`${where}: States.ALL must be in the last of ${field}`);
    }
  }
  for (const retrier of Retry) assertRetrier(where, retrier);
}

function assertRetrier(where: string, { IntervalSeconds = 1, BackoffRate = 2 }: Retrier): void {
  if (IntervalSeconds < 1) throw new Error(`${where}: IntervalSeconds of Retry is at least 1, not ${IntervalSeconds}`);
  if (BackoffRate < 1) throw new Error(`${where}: BackoffRate of Retry is at least 1.0, not ${BackoffRate}`);
}
