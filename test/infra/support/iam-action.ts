const prefixes: Readonly<Record<string, string>> = {
  CloudWatch: 'cloudwatch',
  'CloudWatch Logs': 'logs',
  'Cognito Identity Provider': 'cognito-idp',
  DynamoDB: 'dynamodb',
  EventBridge: 'events',
  IAM: 'iam',
  KMS: 'kms',
  Lambda: 'lambda',
  SFN: 'states',
  SNS: 'sns',
  SQS: 'sqs',
  SSM: 'ssm',
};

/** API Gateway's actions are the HTTP methods of its API; tagging is POST and DELETE there. */
const apiGatewayMethods: readonly (readonly [RegExp, string])[] = [
  [/^(Create|Tag)/, 'POST'],
  [/^(Delete|Untag)/, 'DELETE'],
  [/^Get/, 'GET'],
  [/^Update/, 'PATCH'],
];

/** `CloudWatch Logs:CreateLogGroup` → `logs:CreateLogGroup`, as IAM calls it. */
export function actionOf(call: string): string {
  const [service = '', operation = ''] = call.split(':');
  if (service === 'ApiGatewayV2') {
    const method = apiGatewayMethods.find(([pattern]) => pattern.test(operation));
    if (method) return `apigateway:${method[1]}`;
  } else if (prefixes[service]) {
    return `${prefixes[service]}:${operation}`;
  }
  throw new Error(`No IAM action is known for the call ${call}`);
}
