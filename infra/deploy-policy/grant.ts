import type { Scope } from './stack-scope.ts';
import type { Condition } from './statement.ts';

/** Actions that Terraform needs for the resources of one type. */
export interface Grant {
  /** What `terraform plan` calls already. */
  readonly read?: readonly string[];
  /** What creating, changing, tagging and deleting call on top. */
  readonly write?: readonly string[];
  readonly on: (scope: Scope) => readonly string[];
  readonly condition?: (scope: Scope) => Condition;
  /** Only where a resource of the type has this attribute. */
  readonly usedWith?: string;
}

/** ARNs of a type's resources: `arn:aws:<service>:<region>:<account>:<before><name><after>`. */
export const named =
  (service: string, before: string, type: string, attribute: string, after: readonly string[] = ['']) =>
  ({ region, account, patterns }: Scope): string[] => {
    const place = service === 'iam' || before === 'dashboard/' ? `:${account}` : `${region}:${account}`;
    return patterns(type, attribute).flatMap((name) =>
      // A pattern ends with `*`, which matches everything that would follow.
      (name.endsWith('*') ? [''] : after).map((end) => `arn:aws:${service}:${place}:${before}${name}${end}`),
    );
  };

export const tables = named('dynamodb', 'table/', 'aws_dynamodb_table', 'name');
export const lambdas = named('lambda', 'function:', 'aws_lambda_function', 'function_name');
export const roles = named('iam', 'role/', 'aws_iam_role', 'name');
export const rules = named('events', 'rule/', 'aws_cloudwatch_event_rule', 'name');
export const queues = named('sqs', '', 'aws_sqs_queue', 'name');
export const topics = named('sns', '', 'aws_sns_topic', 'name');
export const userPools = ({ region, account }: Scope): string[] => [
  `arn:aws:cognito-idp:${region}:${account}:userpool/*`,
];
/** API Gateway's ARNs have neither account nor name. */
export const apis =
  (...paths: readonly string[]) =>
  ({ region }: Scope): string[] =>
    paths.map((path) => `arn:aws:apigateway:${region}::${path}`);
export const eventSourceMappings = ({ region, account }: Scope): string[] => [
  `arn:aws:lambda:${region}:${account}:event-source-mapping:*`,
];
export const ofOurFunctions = (scope: Scope): Condition => ({ ArnLike: { 'lambda:FunctionArn': lambdas(scope) } });
export const anywhere = (): string[] => ['*'];

/** Needed to turn on logging to a group that AWS delivers to; API Gateway checks them when a stage gets access logs. */
export const logDelivery: Grant = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html#http-api-logging.permissions
  // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
  write: [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ],
  on: anywhere,
};
