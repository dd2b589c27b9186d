import { type ComputedContext, type ComputedTypes, same } from './computed.ts';

// AWS labels a stream with the time it was turned on; a fixed one keeps the ARN the same from run to run.
const STREAM_LABEL = '2024-01-01T00:00:00.000';

const arn = (context: ComputedContext) =>
  `arn:aws:dynamodb:${context.region}:${context.accountId}:table/${context.get('name')}`;

/** Table, name of the hash key, then the values of both keys. */
function itemId(context: ComputedContext): string {
  const item = JSON.parse(context.get('item')) as Record<string, { B?: string; S?: string; N?: string }>;
  const keyValue = (name: string) => item[name]?.S ?? item[name]?.N ?? item[name]?.B ?? '';
  const range = context.optional('range_key');
  const hash = context.get('hash_key');
  return [context.get('table_name'), hash, keyValue(hash), ...(range === undefined ? [] : [keyValue(range)])].join('|');
}

export const dynamodb: ComputedTypes = {
  aws_dynamodb_table: {
    id: same('name'),
    arn,
    stream_label: () => STREAM_LABEL,
    stream_arn: (context) => `${arn(context)}/stream/${STREAM_LABEL}`,
  },
  aws_dynamodb_table_item: { id: itemId },
};
