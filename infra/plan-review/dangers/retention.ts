import { blockOf, type Json, type JsonObject } from '../json.ts';
import { capital, wordsFor } from '../words.ts';
import type { DangerRule } from './danger.ts';

const secondsOfDay = 86_400;

interface Retention {
  /** In seconds; undefined where it is not known. */
  readonly of: (values: JsonObject) => number | undefined;
  readonly what: string;
}

const retentions: Readonly<Record<string, Retention>> = {
  // CloudWatch keeps log lines for ever where it says 0 or nothing.
  aws_cloudwatch_log_group: {
    of: ({ retention_in_days }) => lengthOf(retention_in_days, secondsOfDay, Number.POSITIVE_INFINITY),
    what: 'is kept for',
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html: 4 days where it says nothing
  aws_sqs_queue: {
    of: ({ message_retention_seconds }) => lengthOf(message_retention_seconds, 1, 4 * secondsOfDay),
    what: 'keeps a message for',
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html
  aws_dynamodb_table: {
    of: ({ point_in_time_recovery }) => {
      const { enabled, recovery_period_in_days } = blockOf(point_in_time_recovery) ?? {};
      return enabled === true ? lengthOf(recovery_period_in_days, secondsOfDay, 35 * secondsOfDay) : undefined;
    },
    what: 'can be restored to a moment of the last',
  },
};

export const shorterRetention: DangerRule = {
  name: 'retention-shorter',
  about: 'keeps log lines, messages or backups for less time, or lets items of the table expire',
  judge: (change) => {
    const { type, before, after } = change;
    const retention = retentions[type];
    if (retention === undefined || before === undefined || after === undefined) return [];
    const subject = capital(wordsFor(change));
    const [old, fresh] = [before, after].map(retention.of);
    const expiry = expiryOf(after);
    return [
      ...(old !== undefined && fresh !== undefined && fresh < old
        ? [`${subject} ${retention.what} ${words(fresh)} instead of ${words(old)}: what is older is deleted.`]
        : []),
      ...(expiry !== undefined && expiry !== expiryOf(before)
        ? [`${subject} deletes items at the time in their attribute ${expiry}.`]
        : []),
    ];
  },
};

function lengthOf(value: Json | undefined, unit: number, otherwise: number): number | undefined {
  if (value === undefined || value === null || value === 0) return otherwise;
  return typeof value === 'number' ? value * unit : undefined;
}

function words(seconds: number): string {
  if (seconds === Number.POSITIVE_INFINITY) return 'ever';
  const [count, unit] = seconds % secondsOfDay === 0 ? [seconds / secondsOfDay, 'day'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The attribute by whose time DynamoDB deletes items. */
function expiryOf({ ttl }: JsonObject): string | undefined {
  const { enabled, attribute_name } = blockOf(ttl) ?? {};
  return enabled === true && typeof attribute_name === 'string' ? attribute_name : undefined;
}
