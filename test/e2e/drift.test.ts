import {
  ApiGatewayV2Client,
  GetApisCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { loadStack, type Stack, type StackResource } from '#embedded/index.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

/** What is deployed, read back by AWS's own APIs, is what the synthesized file says. */
let target: Target;
let stack: Stack;
let clients: {
  lambda: LambdaClient;
  iam: IAMClient;
  cloudwatch: CloudWatchClient;
  events: EventBridgeClient;
  gateway: ApiGatewayV2Client;
};
beforeAll(async () => {
  target = await openTarget();
  stack = loadStack(process.env.E2E_STACK_FILE ?? 'cdktf.out/stacks/booking-saga-local/cdk.tf.json');
  const options = {
    endpoint: target.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  clients = {
    lambda: new LambdaClient(options),
    iam: new IAMClient(options),
    cloudwatch: new CloudWatchClient(options),
    events: new EventBridgeClient(options),
    gateway: new ApiGatewayV2Client(options),
  };
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await target.close();
});

const named = (resources: readonly StackResource[], key: string): Record<string, StackResource['attributes']> =>
  Object.fromEntries(resources.map(({ attributes }) => [String(attributes[key]), attributes]));

/** The same value whatever host a queue's URL has. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/https?:\/\/[^/"]+(?=\/000000000000\/)/g, 'https://sqs'));

const sorted = (values: readonly unknown[]): unknown[] =>
  [...values].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

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

  itNeeds('event invoke config API')('scheduled functions bury what fails as the file says', async () => {
    for (const { attributes } of stack.resources('aws_lambda_function_event_invoke_config')) {
      const found = await clients.lambda.send(
        new GetFunctionEventInvokeConfigCommand({ FunctionName: attributes.function_name }),
      );
      expect([found.MaximumRetryAttempts, found.DestinationConfig?.OnFailure?.Destination]).toEqual([
        attributes.maximum_retry_attempts,
        attributes.destination_config.on_failure.destination,
      ]);
    }
  });

  itNeeds('all')('rules have the patterns, schedules and targets of the file', async () => {
    for (const { attributes: rule } of stack.resources('aws_cloudwatch_event_rule')) {
      const found = await clients.events.send(new DescribeRuleCommand({ Name: rule.name }));
      expect(JSON.parse(found.EventPattern ?? 'null')).toEqual(JSON.parse(rule.event_pattern ?? 'null'));
      expect(found.ScheduleExpression ?? null).toBe(rule.schedule_expression ?? null);
      const { Targets = [] } = await clients.events.send(new ListTargetsByRuleCommand({ Rule: rule.name }));
      const wanted = stack
        .resources('aws_cloudwatch_event_target')
        .filter(({ attributes }) => attributes.rule === rule.name);
      expect(Targets.map(({ Arn }) => Arn)).toEqual(wanted.map(({ attributes }) => attributes.arn));
      expect(Targets.map(({ DeadLetterConfig, RetryPolicy }) => ({ ...DeadLetterConfig, ...RetryPolicy }))).toEqual(
        wanted.map(({ attributes: { dead_letter_config: letters, retry_policy: policy } }) => ({
          Arn: letters.arn,
          MaximumEventAgeInSeconds: policy.maximum_event_age_in_seconds,
          MaximumRetryAttempts: policy.maximum_retry_attempts,
        })),
      );
    }
  });

  itNeeds('event source mapping API')('the redrive queue feeds the redrive function', async () => {
    const [wanted] = stack.resources('aws_lambda_event_source_mapping').map(({ attributes }) => attributes);
    const found = [];
    for await (const page of paginateListEventSourceMappings({ client: clients.lambda }, {})) {
      found.push(...(page.EventSourceMappings ?? []));
    }
    expect(found).toContainEqual(
      expect.objectContaining({
        EventSourceArn: wanted?.event_source_arn,
        FunctionArn: wanted?.function_name,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    );
  });

  itNeeds('CloudWatch API')('alarms watch what the file says', async () => {
    const found = new Map<string | undefined, object>();
    for await (const page of paginateDescribeAlarms({ client: clients.cloudwatch }, {})) {
      for (const { AlarmName, Dimensions = [], ...alarm } of page.MetricAlarms ?? []) {
        const { Namespace, MetricName, Threshold, ComparisonOperator, EvaluationPeriods, Period, Statistic } = alarm;
        found.set(AlarmName, {
          ...{ Namespace, MetricName, Threshold, ComparisonOperator, EvaluationPeriods, Period, Statistic },
          TreatMissingData: alarm.TreatMissingData,
          // API Gateway draws the id of an API.
          Dimensions: Object.fromEntries(
            Dimensions.map(({ Name, Value }) => [Name, Name === 'ApiId' ? 'drawn' : Value]),
          ),
        });
      }
    }
    for (const { attributes: alarm } of stack.resources('aws_cloudwatch_metric_alarm')) {
      expect([alarm.alarm_name, found.get(alarm.alarm_name)]).toEqual([
        alarm.alarm_name,
        {
          Namespace: alarm.namespace,
          MetricName: alarm.metric_name,
          Threshold: alarm.threshold,
          ComparisonOperator: alarm.comparison_operator,
          EvaluationPeriods: alarm.evaluation_periods,
          Period: alarm.period,
          Statistic: alarm.statistic,
          TreatMissingData: alarm.treat_missing_data,
          Dimensions: { ...alarm.dimensions, ...(alarm.dimensions.ApiId && { ApiId: 'drawn' }) },
        },
      ]);
    }
  });

  itNeeds('HTTP API')('the HTTP API has the routes of the file', async () => {
    const { Items: apis = [] } = await clients.gateway.send(new GetApisCommand({}));
    const [wanted] = stack.resources('aws_apigatewayv2_api').map(({ attributes }) => attributes);
    const api = apis.find(({ Name }) => Name === wanted?.name);
    const ApiId = api?.ApiId;
    const { Items: integrations = [] } = await clients.gateway.send(new GetIntegrationsCommand({ ApiId }));
    const { Items: routes = [] } = await clients.gateway.send(new GetRoutesCommand({ ApiId }));
    const uriOf = new Map(integrations.map(({ IntegrationId, IntegrationUri }) => [IntegrationId, IntegrationUri]));
    const wantedUriOf = new Map(
      stack
        .resources('aws_apigatewayv2_integration')
        .map(({ attributes }) => [attributes.id, attributes.integration_uri]),
    );
    const idIn = (route: string | undefined): string => String(route).replace('integrations/', '');
    expect(
      sorted(
        routes.map(({ RouteKey, AuthorizationType = 'NONE', Target: to }) => [
          ...[RouteKey, AuthorizationType],
          uriOf.get(idIn(to)),
        ]),
      ),
    ).toEqual(
      sorted(
        stack
          .resources('aws_apigatewayv2_route')
          .map(({ attributes: { route_key, authorization_type = 'NONE', target: to } }) => [
            ...[route_key, authorization_type],
            wantedUriOf.get(idIn(to)),
          ]),
      ),
    );
  });
});
