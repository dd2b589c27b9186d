import { addressOf } from '../resource.ts';
import { StackError } from '../stack/stack-error.ts';
import type { Stack } from '../types.ts';

export interface AttachedPolicy {
  readonly arn: string;
  readonly name: string;
  /** Of what says it, for messages. */
  readonly place: string;
  readonly document: unknown;
}

const logging = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** Those of AWS that functions are given most: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const ofAws: Readonly<Record<string, readonly string[]>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': logging,
  'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole': [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...logging,
  ],
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess': [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ],
};

/**
 * The policies that are attached to a role, each once.
 * @throws StackError for one that is neither in the stack nor known here
 */
export function attachedPoliciesOf(stack: Stack, roleName: string): AttachedPolicy[] {
  const attachments = stack
    .resources('aws_iam_role_policy_attachment')
    .filter(({ attributes }) => attributes.role === roleName);
  const byArn = new Map(
    attachments.map((one) => [String(one.attributes.policy_arn), `${addressOf(one)}.policy_arn`] as const),
  );
  return [...byArn].map(([arn, place]) => policyOf(stack, arn, place));
}

function policyOf(stack: Stack, arn: string, place: string): AttachedPolicy {
  const own = stack.resources('aws_iam_policy').find(({ attributes }) => attributes.arn === arn);
  if (own !== undefined)
    return { arn, name: own.attributes.name, place: addressOf(own), document: own.attributes.policy };
  const Action = ofAws[arn];
  if (Action === undefined) {
    const known = Object.keys(ofAws).join(', ');
    const advice = `write an aws_iam_policy with its statements instead; known are those of the stack and ${known}`;
    throw new StackError(`the local cloud does not know what ${arn} allows: ${advice}`, { place });
  }
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
  return { arn, name, place: name, document };
}
