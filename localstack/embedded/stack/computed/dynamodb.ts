import { type ComputedContext, type ComputedTypes, same } from './computed.ts';

// AWS labels a stream with the time it was turned on; a fixed one keeps the ARN the same from run to run.
const STREAM_LABEL = '2024-01-01T00:00:00.000';

const arn = (context: ComputedContext) =>
  `arn:aws:dynamodb:${context.region}:${context.accountId}:table/${context.get('name')}`;

export const dynamodb: ComputedTypes = {
  aws_dynamodb_table: {
    id: same('name'),
    arn,
    stream_label: () => STREAM_LABEL,
    stream_arn: (context) => `${arn(context)}/stream/${STREAM_LABEL}`,
  },
};
