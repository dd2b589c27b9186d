import { expect, it } from '@jest/globals';
import { aStack } from './a-stack.ts';

const load = (type: string, attributes: object) => () => aStack({ resource: { [type]: { It: attributes } } });

it.each<[string, object, string]>([
  ['aws_sqs_queue', { name: 'a b' }, 'aws_sqs_queue.It.name: has 1 to 80 of letters, digits, - and _, not "a b"'],
  ['aws_sqs_queue', { name: 'a'.repeat(81) }, 'aws_sqs_queue.It.name: has 1 to 80'],
  ['aws_sns_topic', { name: 'a.b' }, 'aws_sns_topic.It.name: has 1 to 256'],
  ['aws_lambda_function', { function_name: 'a b' }, 'aws_lambda_function.It.function_name: has 1 to 64'],
  [
    'aws_lambda_function',
    { function_name: 'a', runtime: 'nodejs99.x' },
    'aws_lambda_function.It.runtime: is nodejs20.x',
  ],
  [
    'aws_lambda_function',
    { function_name: 'a', runtime: 'nodejs14.x' },
    'aws_lambda_function.It.runtime: is nodejs20.x',
  ],
  ['aws_lambda_function', { function_name: 'a', architectures: ['mips'] }, 'architectures: is x86_64 or arm64 alone'],
  ['aws_sfn_state_machine', { name: 'a'.repeat(81) }, 'aws_sfn_state_machine.It.name: has 1 to 80'],
  ['aws_cloudwatch_event_rule', { name: 'a/b' }, 'aws_cloudwatch_event_rule.It.name: has 1 to 64'],
  ['aws_iam_role', { name: 'a/b' }, 'aws_iam_role.It.name: has 1 to 64'],
  ['aws_cloudwatch_log_group', { name: 'a:b' }, 'aws_cloudwatch_log_group.It.name: has 1 to 512'],
  ['aws_cloudwatch_log_group', { name: 'a', retention_in_days: 2 }, 'retention_in_days: is one of 0, 1, 3, 5'],
])('%s with %j is refused', (type, attributes, message) => {
  expect(load(type, attributes)).toThrow(message);
});

it.each<[string, object]>([
  ['aws_sqs_queue', { name: 'a-b_C9' }],
  ['aws_sqs_queue', { name_prefix: 'a-' }],
  ['aws_iam_role', { name: 'a+=,.@-b', assume_role_policy: '{}' }],
  ['aws_cloudwatch_log_group', { name: '/aws/vendedlogs/#a.b', retention_in_days: 731 }],
  ['aws_lambda_function', { function_name: 'a', runtime: 'nodejs20.x', architectures: ['arm64'] }],
])('%s with %j is not', (type, attributes) => {
  expect(load(type, attributes)).not.toThrow();
});
