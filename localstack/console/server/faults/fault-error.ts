/** What the machine is told, by the names that AWS gives such failures. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
import type { FaultKind } from '../../model/faults.ts';

interface Names {
  readonly connection: string;
  readonly throttled: string;
}

const lambda: Names = { connection: 'Lambda.SdkClientException', throttled: 'Lambda.TooManyRequestsException' };
const integrations: Readonly<Record<string, Names>> = {
  dynamodb: { connection: 'DynamoDB.SdkClientException', throttled: 'DynamoDB.ThrottlingException' },
  sqs: { connection: 'SQS.SdkClientException', throttled: 'SQS.AmazonSQSException' },
  sns: { connection: 'SNS.SdkClientException', throttled: 'SNS.ThrottledException' },
};

/** @param resource of the Task: a function's ARN, or `arn:aws:states:::dynamodb:updateItem` */
export function faultError(kind: Exclude<FaultKind, 'duplicate'>, resource: string): Error {
  const { connection, throttled } = integrations[/:states:::(\w+):/.exec(resource)?.[1] ?? ''] ?? lambda;
  if (kind === 'timeout') return named('States.Timeout', '');
  if (kind === 'throttle') return named(throttled, 'Rate exceeded (a fault armed in the console)');
  const what = kind === 'before' ? 'Connection refused, nothing was called' : 'Connection reset, the reply is lost';
  return named(connection, `${what} (a fault armed in the console)`);
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });
