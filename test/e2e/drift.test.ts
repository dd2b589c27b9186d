import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetRoleCommand, GetRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { describe, expect } from '@jest/globals';
import type { StackResource } from '#embedded/index.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { clients, sorted, stack, target } from './drift-setup.ts';

const named = (resources: readonly StackResource[], key: string): Record<string, StackResource['attributes']> =>
  Object.fromEntries(resources.map(({ attributes }) => [String(attributes[key]), attributes]));

/** Without the host of a queue's URL, which differs between targets. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/https?:\/\/[^/"]+(?=\/000000000000\/)/g, 'https://sqs'));

describe('drift', () => {
  itNeeds('function configuration')(
    'functions have the environment, time limit, role and code of the file',
    async () => {
      for (const [name, wanted] of Object.entries(named(stack.resources('aws_lambda_function'), 'function_name'))) {
        const found = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
        const { Handler, Timeout, MemorySize, Role, CodeSha256 } = found;
        expect([name, Handler, Timeout, MemorySize, Role, CodeSha256]).toEqual([
          ...[name, wanted.handler, wanted.timeout, wanted.memory_size, wanted.role],
          wanted.source_code_hash,
        ]);
        expect(comparable(found.Environment?.Variables ?? {})).toMatchObject(
          comparable(wanted.environment?.variables ?? {}) as Record<string, string>,
        );
      }
    },
  );

  itNeeds('IAM API')('roles have the policies of the file and no action more', async () => {
    for (const { attributes } of stack.resources('aws_iam_role_policy')) {
      const { PolicyDocument = '' } = await clients.iam.send(
        new GetRolePolicyCommand({ RoleName: attributes.role, PolicyName: attributes.name }),
      );
      const text = PolicyDocument.startsWith('%7B') ? decodeURIComponent(PolicyDocument) : PolicyDocument;
      expect(comparable(JSON.parse(text))).toEqual(comparable(JSON.parse(attributes.policy)));
    }
    for (const { attributes } of stack.resources('aws_iam_role')) {
      const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName: attributes.name }));
      const text = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
      expect(JSON.parse(text)).toEqual(JSON.parse(attributes.assume_role_policy));
    }
  });

  itNeeds('all')('the state machine has the definition of the file', async () => {
    const [machine] = stack.resources('aws_sfn_state_machine');
    const { stateMachineArn } = target;
    const found = await target.stepFunctions.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(comparable(JSON.parse(found.definition ?? ''))).toEqual(
      comparable(JSON.parse(String(machine?.attributes.definition))),
    );
    expect(found.roleArn).toBe(machine?.attributes.role_arn);
  });

  itNeeds('all')('the table has the keys and indexes of the file', async () => {
    const [wanted] = stack.resources('aws_dynamodb_table').map(({ attributes }) => attributes);
    const { Table } = await target.dynamodb.send(new DescribeTableCommand({ TableName: target.tableName }));
    const keysOf = (schema: { AttributeName?: string | undefined; KeyType?: string | undefined }[] = []) =>
      schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).sort();
    expect(keysOf(Table?.KeySchema)).toEqual([`HASH ${wanted?.hash_key}`, `RANGE ${wanted?.range_key}`]);
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
      name: IndexName,
      keys: keysOf(KeySchema),
      projection: Projection?.ProjectionType,
      attributes: [...(Projection?.NonKeyAttributes ?? [])].sort(),
    }));
    const wantedIndexes = ((wanted?.global_secondary_index ?? []) as Record<string, never>[]).map((index) => ({
      name: index.name,
      keys: [`HASH ${index.hash_key}`, `RANGE ${index.range_key}`],
      projection: index.projection_type,
      attributes: [...((index.non_key_attributes as string[] | undefined) ?? [])].sort(),
    }));
    expect(sorted(indexes)).toEqual(sorted(wantedIndexes));
  });

  itNeeds('all')('queues have the redrive policies and time-outs of the file', async () => {
    for (const [QueueName, wanted] of Object.entries(named(stack.resources('aws_sqs_queue'), 'name'))) {
      const { QueueUrl } = await target.sqs.send(new GetQueueUrlCommand({ QueueName }));
      const { Attributes = {} } = await target.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      expect(Number(Attributes.MessageRetentionPeriod)).toBe(wanted.message_retention_seconds);
      if (wanted.visibility_timeout_seconds !== undefined) {
        expect(Number(Attributes.VisibilityTimeout)).toBe(wanted.visibility_timeout_seconds);
      }
      const policy = JSON.parse(Attributes.RedrivePolicy ?? 'null');
      const wantedPolicy = JSON.parse(wanted.redrive_policy ?? 'null');
      expect(policy && { ...policy, maxReceiveCount: Number(policy.maxReceiveCount) }).toEqual(wantedPolicy);
    }
  });

  itNeeds('all')('queues admit the services of the file, and the queues whose dead letters they keep', async () => {
    const attributeOf = async (queueUrl: string, name: 'Policy' | 'RedriveAllowPolicy'): Promise<unknown> => {
      const { QueueUrl } = await target.sqs.send(new GetQueueUrlCommand({ QueueName: queueUrl.split('/').at(-1) }));
      const { Attributes = {} } = await target.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }),
      );
      return JSON.parse(Attributes[name] ?? 'null');
    };
    for (const { attributes } of stack.resources('aws_sqs_queue_policy')) {
      expect(await attributeOf(attributes.queue_url, 'Policy')).toEqual(JSON.parse(attributes.policy));
    }
    for (const { attributes } of stack.resources('aws_sqs_queue_redrive_allow_policy')) {
      expect(await attributeOf(attributes.queue_url, 'RedriveAllowPolicy')).toEqual(
        JSON.parse(attributes.redrive_allow_policy),
      );
    }
  });

  itNeeds('all')('the subscription has the dead letters of the file', async () => {
    const { Subscriptions = [] } = await target.sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: target.bookingTopicArn }),
    );
    const SubscriptionArn = Subscriptions.find(({ Protocol }) => Protocol === 'sqs')?.SubscriptionArn;
    const { Attributes = {} } = await target.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    const wanted = stack
      .resources('aws_sns_topic_subscription')
      .find(({ attributes }) => attributes.protocol === 'sqs');
    expect(JSON.parse(Attributes.RedrivePolicy ?? 'null')).toEqual(JSON.parse(wanted?.attributes.redrive_policy));
  });
});
