import type { Subject } from './subject.ts';

interface Difference<T> {
  readonly aws: T;
  readonly local: T;
  readonly reason: string;
}

const differs = <T>(aws: T, local: T, reason: string): Difference<T> => ({ aws, local, reason });

/** Where DynamoDB Local is known not to do what AWS does. Ours follows AWS; each side is held to its own answer. */
export const differences = {
  misfitUpdate: differs(
    'TransactionCanceledException',
    'ValidationException',
    'AWS documents a reason ValidationError for an operand of the wrong type; Local fails the whole request.',
  ),
  updateWithoutExpression: differs(
    'ValidationException',
    'done',
    "AWS's API reference demands UpdateExpression in a transaction; Local takes the update as one of nothing.",
  ),
  unknownReturnValue: differs(
    'ValidationException',
    'InternalFailure',
    'Local crashes on a ReturnValuesOnConditionCheckFailure that is not one of the two values.',
  ),
  nestedUpdatedNew: differs<Record<string, Record<string, number>>>(
    { nest: { a: 5 } },
    { nest: { a: 5, b: 2 } },
    'AWS gives back the updated paths; Local gives back whole attributes.',
  ),
  transactionKeyShape: differs(
    'TransactionCanceledException',
    'ValidationException',
    'AWS cancels with a reason ValidationError for the item; Local fails the whole request.',
  ),
  indexKeyTypeByUpdate: differs(
    'ValidationException',
    'done',
    'AWS stores no index key of another type; Local refuses it in a put and lets it through in an update.',
  ),
  checkMessage: differs(
    'The conditional request failed',
    'The conditional request failed.',
    'Local ends the message of a failed ConditionCheck, and only that, with a full stop.',
  ),
} as const;

export const same = <T>(answer: T): Difference<T> => ({ aws: answer, local: answer, reason: '' });

export const expectedOf = <T>({ aws, local }: Difference<T>, { isLocal }: Subject): T => (isLocal ? local : aws);
