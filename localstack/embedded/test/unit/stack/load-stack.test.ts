// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are what these tests are about.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadStack } from '#embedded/stack/index.ts';
import { aStack } from './a-stack.ts';

const AWS = { aws: [{ region: 'eu-west-1' }] };

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
            event_bus_name: 'trips',
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
      event_bus_name: 'trips',
      arn: 'arn:aws:events:us-east-1:000000000000:rule/trips/r',
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

  it('lets the caller replace computed attributes by local addresses', () => {
    const computed = {
      aws_sqs_queue: { url: (queue: { get(name: string): string }) => `http://127.0.0.1:4566/${queue.get('name')}` },
    };

    const stack = aStack({ resource: { aws_sqs_queue: { q: { name: 'q' } } } }, { computed });

    expect(stack.resources('aws_sqs_queue')[0]?.attributes).toMatchObject({
      url: 'http://127.0.0.1:4566/q',
      id: 'http://127.0.0.1:4566/q',
      arn: 'arn:aws:sqs:us-east-1:000000000000:q',
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

describe('a stack that cannot be loaded', () => {
  const queue = (attributes: object) => ({ resource: { aws_sqs_queue: { q: attributes } } });

  it('says how to write a missing file', () => {
    const file = `/none-${randomUUID()}/cdk.tf.json`;

    expect(() => loadStack(file)).toThrow(`The stack file ${file} does not exist. Run \`cdktf synth\` to write it.`);
  });

  it('names the file of malformed JSON', () => {
    expect(() => aStack('{"resource":')).toThrow(/cdk\.tf\.json is not valid JSON: .* Run `cdktf synth`/);
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown reference',
      { resource: { aws_lambda_function: { fn: { environment: { variables: { T: '${aws_sqs_queue.none.arn}' } } } } } },
      /^aws_lambda_function\.fn\.environment\.variables\.T: unknown reference "aws_sqs_queue\.none\.arn"/,
    ],
    [
      'an unknown attribute',
      { resource: { aws_sqs_queue: { q: { name: 'q' } }, aws_sns_topic: { t: { name: '${aws_sqs_queue.q.arm}' } } } },
      /aws_sns_topic\.t\.name: unknown reference "aws_sqs_queue\.q\.arm": attributes of aws_sqs_queue\.q are arn, id, name, url/,
    ],
    [
      'an unsupported type',
      { resource: { aws_vpc: { main: {} } } },
      /aws_vpc\.main: resource type aws_vpc is not supported .* aws_sqs_queue/,
    ],
    [
      'an unsupported data source',
      { data: { aws_ami: { a: {} } } },
      /data source aws_ami is not supported; supported are aws_caller_identity/,
    ],
    ['count', queue({ name: 'q', count: 2 }), /aws_sqs_queue\.q: `count` is not supported/],
    ['for_each', queue({ name: 'q', for_each: {} }), /`for_each` is not supported; write one resource for each/],
    ['a module', { module: { m: {} } }, /"module" is not supported/],
    ['a provider alias', { provider: { aws: [{ ...AWS.aws[0], alias: 'other' }] } }, /provider alias "other"/],
    [
      'a variable without value',
      { variable: { v: {} }, output: { o: { value: '${var.v}' } } },
      /variable "v" has no default/,
    ],
    [
      'an unknown depends_on',
      queue({ name: 'q', depends_on: ['aws_sns_topic.t'] }),
      /aws_sqs_queue\.q\.depends_on: unknown reference/,
    ],
    [
      'a reference to itself',
      queue({ name: 'q', policy: '${aws_sqs_queue.q.arn}' }),
      /cycle: aws_sqs_queue\.q refers to itself/,
    ],
    ['a cycle of locals', { locals: { a: '${local.b}', b: '${local.a}' } }, /cycle: local\.a → local\.b → local\.a/],
    [
      'a mistake in a local that nothing uses',
      { locals: { a: '${aws_sqs_queue.none.arn}' } },
      /local\.a: unknown reference "aws_sqs_queue\.none\.arn"/,
    ],
  ])('%s', (_what, content, message) => {
    expect(() => aStack(content as never)).toThrow(message);
  });

  it('names the way round a cycle of resources, also where their attributes could be resolved', () => {
    const content = {
      resource: {
        aws_sqs_queue: {
          a: { name: 'a', redrive_policy: '${aws_sqs_queue.b.arn}' },
          b: { name: 'b', redrive_allow_policy: '${aws_sqs_queue.a.arn}' },
        },
      },
    };

    expect(() => aStack(content)).toThrow('cycle: aws_sqs_queue.b → aws_sqs_queue.a → aws_sqs_queue.b');
  });
});
