import * as z from 'zod/mini';
import { describeIssue } from '#schema/describe-issue.ts';
import { InvalidSagaInputError } from './step-errors.ts';

/** The step's input, or an error that names the offending field. */
export function parseStepInput<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = z.safeParse(schema, input, { reportInput: true });
  if (result.success) return result.data;
  const { field, message } = describeIssue(result.error);
  throw new InvalidSagaInputError(`Field "${field}" ${message}`);
}
