import { addressOf } from '../resource.ts';
import type { StackResource } from '../types.ts';
import { StackError } from './stack-error.ts';

interface Rule {
  readonly fits: RegExp;
  readonly is: string;
}

const word = 'letters, digits, - and _';
const named = (most: number, allowed = '\\w-', of = word): Rule => ({
  fits: new RegExp(`^[${allowed}]{1,${most}}$`),
  is: `has 1 to ${most} of ${of}`,
});
const iamName = (most: number): Rule => named(most, '\\w+=,.@-', `${word}, and of + = , . @`);
const dotted = named(64, '\\w.-', `${word} and .`);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = '0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653'.split(' ');

/** What AWS refuses, and Terraform's plan before it, so that it is not found out at the first deployment. By type and attribute. */
const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  aws_apigatewayv2_stage: {
    name: { fits: /^(\$default|[\w-]{1,128})$/, is: `is $default, or has 1 to 128 of ${word}` },
  },
  aws_cloudwatch_event_rule: { name: dotted },
  aws_cloudwatch_event_target: { target_id: dotted },
  aws_cloudwatch_log_group: {
    name: named(512, '\\w./#-', `${word}, and of . / #`),
    retention_in_days: { fits: new RegExp(`^(${retentions.join('|')})$`), is: `is one of ${retentions.join(', ')}` },
  },
  aws_iam_policy: { name: iamName(128) },
  aws_iam_role: { name: iamName(64) },
  aws_iam_role_policy: { name: iamName(128) },
  aws_lambda_function: {
    architectures: { fits: /^(x86_64|arm64)$/, is: 'is x86_64 or arm64 alone' },
    function_name: named(64),
    runtime: {
      fits: /^(nodejs(20|22|24)\.x|(?!nodejs).*)$/,
      is: 'is nodejs20.x, nodejs22.x or nodejs24.x',
    },
  },
  aws_sfn_state_machine: { name: named(80) },
  aws_sns_topic: { name: { fits: /^[\w-]{1,256}$|\.fifo$/, is: `has 1 to 256 of ${word}` } },
  aws_sqs_queue: { name: { fits: /^[\w-]{1,80}$|\.fifo$/, is: `has 1 to 80 of ${word}` } },
};

/** @throws StackError that names the first attribute with a value that AWS does not take */
export function checkValues(resource: StackResource): void {
  for (const [attribute, { fits, is }] of Object.entries(rules[resource.type] ?? {})) {
    const value = resource.attributes[attribute];
    if (value === undefined || value === null || fits.test(String(value))) continue;
    throw new StackError(`${is}, not ${JSON.stringify(value)}`, { place: `${addressOf(resource)}.${attribute}` });
  }
}
