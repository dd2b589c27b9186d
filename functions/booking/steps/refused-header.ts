import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { type HeaderOfRun, type KeptRun, runInputOf } from '#functions/trip/kept-run.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import type { PresentHeader } from './fence-verdict.ts';

/** The run that a header is written for. */
export interface OpeningRun {
  readonly trip_id: string;
  readonly execution_id: string;
  readonly started_at: string;
  readonly customer?: string | undefined;
}

/** A header that refused a write, as far as DynamoDB gives it back with the refusal. */
export type RefusedHeader = PresentHeader & { readonly run?: KeptRun | undefined };

/** The input of the run that the header belongs to. */
export const runOf = (header: RefusedHeader): CompensationInput =>
  runInputOf(header as unknown as HeaderOfRun, header.run ?? {}) as CompensationInput;

export const putting = (table: string, item: Record<string, unknown>, condition: string): PutCommandInput => ({
  TableName: table,
  Item: item,
  ConditionExpression: condition,
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});
