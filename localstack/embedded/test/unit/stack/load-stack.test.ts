// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are what these tests are about.
import { describe, expect, it } from '@jest/globals';
import { aStack } from './a-stack.ts';

describe('loadStack', () => {
  it('resolves references between resources in any order', () => {
    const stack = aStack({
      resource: {
        aws_lambda_function: {
          fn: { function_name: 'f', environment: { variables: { QUEUE: '${aws_sqs_queue.q.url}' } } },
        },
        aws_sqs_queue: {
          q: { name: 'q', redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.dlq.arn}"}' },
          dlq: { name: 'd' },
        },
      },
    });

    const queue = stack.resources('aws_sqs_queue').find(({ name }) => name === 'q');

    expect(stack.resources('aws_lambda_function')[0]?.attributes.environment.variables).toEqual({
      QUEUE: 'https://sqs.us-east-1.amazonaws.com/000000000000/q',
    });
    expect(queue?.attributes.redrive_policy).toBe('{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:d"}');
    expect(stack.resources('aws_sns_topic')).toEqual([]);
  });

  it('computes ARNs in the region of the provider, which may be a variable', () => {
    const content = {
      provider: { aws: { region: '${var.region}' } },
      variable: { region: { default: 'eu-west-1' } },
      resource: { aws_sns_topic: { t: { name: 't' } } },
      output: { region: { value: '${data.aws_region.here.name}' } },
      data: { aws_region: { here: {} } },
    };

    expect(aStack(content).outputs).toEqual({ region: 'eu-west-1' });
    expect(aStack(content).resources('aws_sns_topic')[0]?.attributes.arn).toBe('arn:aws:sns:eu-west-1:000000000000:t');
    expect(aStack(content, { variables: { region: 'eu-north-1' } }).region).toBe('eu-north-1');
  });

  it('keeps attributes that the file sets over computed ones, and leaves meta-arguments out', () => {
    const stack = aStack({
      resource: {
        aws_cloudwatch_event_rule: {
          r: {
            name: 'r',
            event_bus_name: 'parcels',
            '//': { metadata: {} },
            lifecycle: {},
            depends_on: ['aws_sns_topic.t'],
            is_enabled: null,
          },
        },
        aws_sns_topic: { t: { name: 't' } },
      },
    });

    expect(stack.resources('aws_cloudwatch_event_rule')[0]?.attributes).toEqual({
      name: 'r',
      id: 'r',
      event_bus_name: 'parcels',
      arn: 'arn:aws:events:us-east-1:000000000000:rule/parcels/r',
    });
  });

  it('gives blocks of at most one as an object and repeated ones as a list, however written', () => {
    const written = (ttl: unknown, attribute: unknown) =>
      aStack({ resource: { aws_dynamodb_table: { t: { name: 't', ttl, attribute } } } }).resources(
        'aws_dynamodb_table',
      )[0]?.attributes;
    const ttl = { attribute_name: 'expires', enabled: true };
    const attribute = { name: 'pk', type: 'S' };

    expect(written([ttl], [attribute])).toMatchObject({ ttl, attribute: [attribute] });
    expect(written(ttl, attribute)).toMatchObject({ ttl, attribute: [attribute] });
    expect(written([], [attribute])).not.toHaveProperty('ttl');
  });

  it('normalises blocks inside blocks', () => {
    const esm = (filter_criteria: unknown) =>
      aStack({
        resource: { aws_lambda_event_source_mapping: { m: { function_name: 'f', filter_criteria } } },
      }).resources('aws_lambda_event_source_mapping')[0]?.attributes.filter_criteria;

    expect(esm([{ filter: { pattern: '{}' } }])).toEqual({ filter: [{ pattern: '{}' }] });
  });

  it('renders policy documents as the provider does', () => {
    const stack = aStack({
      data: {
        aws_caller_identity: { me: {} },
        aws_iam_policy_document: {
          trust: {
            statement: [
              {
                actions: ['sts:AssumeRole'],
                principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
                condition: [
                  {
                    test: 'StringEquals',
                    variable: 'aws:SourceAccount',
                    values: ['${data.aws_caller_identity.me.account_id}'],
                  },
                ],
              },
              { sid: 'Two', effect: 'Deny', actions: ['s3:*', 'sqs:*'], resources: ['arn:aws:s3:::&{aws:username}'] },
            ],
          },
        },
      },
      resource: {
        aws_iam_role: { r: { name: 'r', assume_role_policy: '${data.aws_iam_policy_document.trust.json}' } },
      },
    });

    expect(JSON.parse(stack.resources('aws_iam_role')[0]?.attributes.assume_role_policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'lambda.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
        },
        { Sid: 'Two', Effect: 'Deny', Action: ['s3:*', 'sqs:*'], Resource: 'arn:aws:s3:::${aws:username}' },
      ],
    });
  });

  it('draws the same ids on every load, different ones for different resources', () => {
    const ids = () =>
      aStack({ resource: { aws_apigatewayv2_api: { a: { name: 'x' }, b: { name: 'x' } } } })
        .resources('aws_apigatewayv2_api')
        .map(({ attributes }) => attributes.id);

    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(2);
  });
});
