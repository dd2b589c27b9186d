import { AwsError } from '../types.ts';

export const validationError = (message: string): AwsError => new AwsError('ValidationException', message);

/** A parameter's value is wrong, whatever the table is like. */
export const invalidParameter = (reason: string): AwsError =>
  validationError(`One or more parameter values were invalid: ${reason}`);

/** What AWS answers where a member of the request is out of its model's bounds. */
export const unsatisfied = (value: string, path: string, constraint: string): AwsError =>
  validationError(
    `1 validation error detected: Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`,
  );

/** A member of the request has another type than its model. */
export const serializationError = (what: string): AwsError =>
  new AwsError('SerializationException', `The request has a value of the wrong type at ${what}`);

export const conditionFailed = (details: Readonly<Record<string, unknown>> = {}): AwsError =>
  new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, details);

export const transactionConflict = (): AwsError =>
  new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');

/** Operations on the table itself name it. */
export const tableNotFound = (name: string, named: boolean): AwsError =>
  new AwsError('ResourceNotFoundException', `Requested resource not found${named ? `: Table: ${name} not found` : ''}`);

/** @throws ValidationException for an empty text or binary in the place of a key. @param index whose key it is, where it is not the table's */
export function refuseEmptyKey({ S, B }: { S?: unknown; B?: unknown }, name: string, index?: string, what = ''): void {
  if (S !== '' && B !== '') return;
  const secondary = what || 'A value specified for a secondary index key is not supported';
  const [before, after] =
    index === undefined ? ['', `Key: ${name}`] : [`${secondary}. `, `IndexName: ${index}, IndexKey: ${name}`];
  throw validationError(
    `One or more parameter values are not valid. ${before}The AttributeValue for a key attribute cannot contain an empty ${S === '' ? 'string' : 'binary'} value. ${after}`,
  );
}
