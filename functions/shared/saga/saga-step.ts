import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import { observed, runKeys, shortErrors } from '#functions/shared/aws/lambda-middleware.ts';
import { faultInjection } from './fault-injection.ts';
import { parseStepInput } from './parse-step-input.ts';

/** Set when the bundle is built, so that a stage without faults does not even contain the middleware. */
declare const __FAULTS__: boolean;

/**
 * The handler of one state of the machine. Every step has the same middlewares in the same order: log context,
 * metrics, errors cut short, faults (where the stage has them), and the input validated last, right before use.
 * @param first runs before all of them, for a step whose event is not the run itself
 */
export function sagaStep<Schema extends z.ZodMiniType, Output>(
  state: string,
  schema: Schema,
  run: (input: z.output<Schema>) => Promise<Output>,
  { first = [] }: { readonly first?: MiddlewareObj | MiddlewareObj[] } = {},
): (event: unknown, context: Context) => Promise<Output> {
  const chain = observed<unknown, Output>(first).use(runKeys()).use(shortErrors());
  if (__FAULTS__) chain.use(faultInjection(state));
  return chain.handler(async (event: unknown) => run(parseStepInput(schema, event))) as unknown as (
    event: unknown,
    context: Context,
  ) => Promise<Output>;
}
