// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are what these tests are about.
import { expect, it } from '@jest/globals';
import { aStack } from './a-stack.ts';

const lambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:f';

/** One resource of a type, and the attributes that others refer to. */
it.each<[string, object, object]>([
  [
    'aws_cloudwatch_log_group',
    { name: '/aws/lambda/f' },
    { arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f' },
  ],
  [
    'aws_cloudwatch_metric_alarm',
    { alarm_name: 'a' },
    { arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:a', id: 'a' },
  ],
  [
    'aws_cloudwatch_dashboard',
    { dashboard_name: 'd' },
    { dashboard_arn: 'arn:aws:cloudwatch::000000000000:dashboard/d' },
  ],
  [
    'aws_cloudwatch_event_rule',
    { name: 'r' },
    { arn: 'arn:aws:events:us-east-1:000000000000:rule/r', event_bus_name: 'default' },
  ],
  [
    'aws_cognito_user_pool',
    { name: 'p' },
    { endpoint: expect.stringMatching(/^cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_\w{9}$/) },
  ],
  ['aws_dynamodb_table', { name: 't' }, { arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/t', id: 't' }],
  [
    'aws_dynamodb_table_item',
    { table_name: 't', hash_key: 'pk', range_key: 'sk', item: '{"pk":{"S":"a"},"sk":{"N":"1"},"x":{"S":"y"}}' },
    { id: 't|pk|a|1' },
  ],
  ['aws_iam_role', { name: 'r', path: '/shop/' }, { arn: 'arn:aws:iam::000000000000:role/shop/r', id: 'r' }],
  ['aws_iam_role_policy', { name: 'p', role: 'r' }, { id: 'r:p' }],
  [
    'aws_lambda_function',
    { function_name: 'f' },
    {
      arn: lambdaArn,
      invoke_arn: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambdaArn}/invocations`,
    },
  ],
  ['aws_lambda_function', { function_name: 'f' }, { version: '$LATEST', qualified_arn: `${lambdaArn}:$LATEST` }],
  ['aws_lambda_function', { function_name: 'f', publish: true }, { version: '1', qualified_arn: `${lambdaArn}:1` }],
  ['aws_lambda_event_source_mapping', { function_name: 'f' }, { function_arn: lambdaArn }],
  ['aws_sfn_state_machine', { name: 'm' }, { arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m' }],
  [
    'aws_sns_topic',
    { name: 't' },
    { arn: 'arn:aws:sns:us-east-1:000000000000:t', id: 'arn:aws:sns:us-east-1:000000000000:t' },
  ],
  ['aws_sqs_queue', { name_prefix: 'q-' }, { name: expect.stringMatching(/^q-\w{12}$/) }],
  ['aws_sqs_queue_policy', { queue_url: 'u' }, { id: 'u' }],
  ['aws_ssm_parameter', { name: '/a/b' }, { arn: 'arn:aws:ssm:us-east-1:000000000000:parameter/a/b' }],
  ['aws_ssm_parameter', { name: 'plain' }, { arn: 'arn:aws:ssm:us-east-1:000000000000:parameter/plain' }],
])('%s %j', (type, attributes, computed) => {
  const [resource] = aStack({ resource: { [type]: { it: attributes } } }).resources(type);

  expect(resource?.attributes).toMatchObject({ ...attributes, ...computed });
});

it('names an HTTP API and its stage as API Gateway does', () => {
  const stack = aStack({
    resource: {
      aws_apigatewayv2_api: { api: { name: 'a' } },
      aws_apigatewayv2_stage: { stage: { api_id: '${aws_apigatewayv2_api.api.id}', name: '$default' } },
    },
  });
  const api = stack.resources('aws_apigatewayv2_api')[0]?.attributes ?? {};

  expect(api.api_endpoint).toBe(`https://${api.id}.execute-api.us-east-1.amazonaws.com`);
  expect(api.execution_arn).toBe(`arn:aws:execute-api:us-east-1:000000000000:${api.id}`);
  expect(stack.resources('aws_apigatewayv2_stage')[0]?.attributes).toMatchObject({
    invoke_url: `${api.api_endpoint}/`,
    execution_arn: `${api.execution_arn}/$default`,
  });
});
