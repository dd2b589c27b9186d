import type { DynaliteError } from 'dynalite/db/index.js';
import { AwsError } from '../types.ts';
import { ongoing } from './contention.ts';

/** Turns what dynalite throws or hands back into the error that AWS's SDK shows; leaves every other error as it is. */
export function asAwsError(error: unknown): unknown {
  const { statusCode, body } = error as DynaliteError;
  if (statusCode === undefined || body === undefined) return error;
  return new AwsError(body.__type.split('#').at(-1) ?? body.__type, body.message ?? body.Message ?? '', statusCode);
}

export const validationError = (message: string): AwsError => new AwsError('ValidationException', message);

export const conditionFailed = (details: Readonly<Record<string, unknown>> = {}): AwsError =>
  new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, details);

export const transactionConflict = (): AwsError => new AwsError('TransactionConflictException', ongoing);

/** Dynalite's own form of "no such table", for its actions; operations on the table itself name it, as in AWS. */
export function tableNotFound(name: string, named: boolean): DynaliteError {
  const message = `Requested resource not found${named ? `: Table: ${name} not found` : ''}`;
  return Object.assign(new Error(message), {
    name: 'NotFoundError',
    statusCode: 400,
    body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message },
  });
}
