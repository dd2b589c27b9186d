import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { expect, it } from '@jest/globals';
import { App, Fn, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { aStack } from './a-stack.ts';

/** A small app that uses what CDKTF can write: nested constructs, functions, locals, variables, escapes, policy documents. */
function synthesized(): string {
  const stack = new TerraformStack(new App(), 'trial');
  new AwsProvider(stack, 'Aws', { region: 'eu-central-1' });
  const stage = new TerraformVariable(stack, 'stage', { type: 'string', default: 'local' });
  const memory = new TerraformVariable(stack, 'memory', { type: 'number', default: 256 });
  const prefix = new TerraformLocal(stack, 'prefix', `shop-${stage.stringValue}`);
  const nested = new Construct(stack, 'Messages');
  const topic = new SnsTopic(nested, 'Topic', { name: `${prefix.asString}-topic` });
  const queue = new SqsQueue(nested, 'Queue', { name: `${prefix.asString}-queue` });
  const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue.arn };
  new SqsQueuePolicy(nested, 'Policy', {
    queueUrl: queue.url,
    policy: Fn.jsonencode({ Statement: [statement] }),
  });
  const trust = new DataAwsIamPolicyDocument(stack, 'Trust', {
    statement: [
      { actions: ['sts:AssumeRole'], principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }] },
    ],
  });
  const role = new IamRole(stack, 'Role', { name: 'role', assumeRolePolicy: trust.json });
  new LambdaFunction(stack, 'Function', {
    functionName: Fn.join('-', [prefix.asString, 'fn']),
    role: role.arn,
    memorySize: memory.numberValue,
    environment: {
      variables: { TOPIC: topic.arn, LITERAL: Fn.rawString('$' + '{kept}'), UPPER: Fn.upper(queue.name) },
    },
  });
  new TerraformOutput(stack, 'first', { value: Fn.element([queue.name, topic.name], 0) });
  return Testing.synth(stack);
}

it('is resolved, references, functions and escapes alike', () => {
  const stack = aStack(synthesized());
  const [fn] = stack.resources('aws_lambda_function');
  const [policy] = stack.resources('aws_sqs_queue_policy');
  const [role] = stack.resources('aws_iam_role');

  expect(fn?.attributes).toMatchObject({
    function_name: 'shop-local-fn',
    role: 'arn:aws:iam::000000000000:role/role',
    memory_size: 256,
    environment: {
      variables: {
        TOPIC: 'arn:aws:sns:eu-central-1:000000000000:shop-local-topic',
        LITERAL: '$'.concat('{kept}'),
        UPPER: 'SHOP-LOCAL-QUEUE',
      },
    },
  });
  expect(JSON.parse(policy?.attributes.policy).Statement[0].Resource).toBe(
    'arn:aws:sqs:eu-central-1:000000000000:shop-local-queue',
  );
  expect(JSON.parse(role?.attributes.assume_role_policy).Statement).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
  ]);
  expect(stack.outputs).toEqual({ first: 'shop-local-queue' });
});
