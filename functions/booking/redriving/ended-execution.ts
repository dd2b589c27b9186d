import type { ExecutionReader } from '#functions/booking/reading/execution-reader.ts';
import { nameOfArn } from '#schema/arn.ts';
import { type ExecutionEnded, ExecutionStatus } from './message-schema.ts';

/** How an execution ended, as far as it was told: `undefined` where it was not, `null` where there is none. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly name: string;
  readonly status: ExecutionStatus | undefined;
  readonly error: string | null | undefined;
  readonly cause: string | null | undefined;
  /** JSON text. */
  readonly input: string | undefined;
}

/**
 * The event's own words. An error that it lacks counts as not told: AWS documents the field, but a reader that relies on
 * it would redrive every booking that failed by itself, should the field be missing.
 */
export function toldByEvent({ detail }: ExecutionEnded): EndedExecution {
  const { executionArn, status, error, cause, input, inputDetails } = detail;
  const isWhole = typeof input === 'string' && inputDetails?.included !== false && isJson(input);
  return {
    executionArn,
    name: nameOfArn(executionArn),
    status: status ?? undefined,
    error: error ?? undefined,
    cause: cause ?? undefined,
    input: isWhole ? input : undefined,
  };
}

/**
 * Asks Step Functions for the fields that the event left out. Its answers "may not reflect very recent updates", so RUNNING,
 * said of an ended execution, is an error: the message has to come again.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 * @throws Error where Step Functions does not know better yet
 */
export async function askedFor(told: EndedExecution, executions: ExecutionReader): Promise<EndedExecution> {
  const { executionArn, name } = told;
  const known = await executions.describe(executionArn);
  if (known === undefined) throw new Error(`Step Functions does not know ${executionArn}`);
  if (known.status === 'RUNNING') throw new Error(`Step Functions does not know yet that ${executionArn} has ended`);
  return {
    executionArn,
    name,
    status: told.status ?? knownStatus(known.status, executionArn),
    error: told.error ?? known.error ?? null,
    cause: told.cause ?? known.cause ?? null,
    input: told.input ?? known.input,
  };
}

function knownStatus(status: string, executionArn: string): ExecutionStatus {
  const { success, data } = ExecutionStatus.safeParse(status);
  if (!success) throw new Error(`Step Functions tells a status of ${executionArn} that is unknown here: ${status}`);
  return data;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
