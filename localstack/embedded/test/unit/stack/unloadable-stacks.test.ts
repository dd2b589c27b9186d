// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are what these tests are about.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { attributesOf } from '#embedded/stack/attributes.ts';
import { loadStack } from '#embedded/stack/index.ts';
import { resourceTypes } from '#embedded/stack/resource-types.ts';
import { aStack } from './a-stack.ts';

const AWS = { aws: [{ region: 'eu-west-1' }] };

describe('attributes', () => {
  it('are told of all types but those without a counterpart', () => {
    expect(Object.keys(resourceTypes).filter((type) => attributesOf[type] === undefined)).toEqual([
      'aws_cloudwatch_dashboard',
      'aws_cloudwatch_metric_alarm',
      'aws_cognito_user_group',
      'aws_cognito_user_pool',
      'aws_cognito_user_pool_client',
      'aws_cognito_user_pool_domain',
    ]);
    expect(Object.keys(attributesOf).filter((type) => resourceTypes[type] === undefined)).toEqual([]);
  });

  it('may be there where they say nothing, or what is so anyway', () => {
    const api = { name: 'a', protocol_type: 'HTTP', disable_execute_api_endpoint: false, tags: { of: 'mine' } };
    const table = { name: 't', table_class: 'STANDARD', stream_enabled: true, restore_date_time: '', replica: [] };
    const stack = aStack({ resource: { aws_apigatewayv2_api: { a: api }, aws_dynamodb_table: { t: table } } });
    expect(stack.types).toEqual(['aws_apigatewayv2_api', 'aws_dynamodb_table']);
  });
});

describe('a stack that cannot be loaded', () => {
  const queue = (attributes: object) => ({ resource: { aws_sqs_queue: { q: attributes } } });

  it('says how to write a missing file, as far as it is told', () => {
    const file = `/none-${randomUUID()}/cdk.tf.json`;

    expect(() => loadStack(file, { synthesizeCommand: 'make' })).toThrow(
      `The stack file ${file} does not exist. Run \`make\` to write it.`,
    );
    expect(() => loadStack(file)).toThrow(/ does not exist\.$/);
  });

  it('names the file of malformed JSON', () => {
    expect(() => aStack('{"resource":', { synthesizeCommand: 'make' })).toThrow(
      /cdk\.tf\.json is not valid JSON: .* Run `make`/,
    );
    expect(() => aStack('{"resource":')).toThrow(/cdk\.tf\.json is not valid JSON: [^`]*\.$/);
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
      'an attribute that no type has',
      queue({ name: 'q', visiblity_timeout_seconds: 30 }),
      /^aws_sqs_queue\.q\.visiblity_timeout_seconds: would be left undone here: leave it out, or see what is served in the README/,
    ],
    [
      'an attribute that would be left undone',
      { resource: { aws_lambda_function: { fn: { function_name: 'fn', vpc_config: { subnet_ids: ['a'] } } } } },
      /^aws_lambda_function\.fn\.vpc_config: would be left undone here/,
    ],
    [
      'a value that would be another one here',
      { resource: { aws_ssm_parameter: { p: { name: 'p', type: 'String', value: 'v', tier: 'Advanced' } } } },
      /^aws_ssm_parameter\.p\.tier: only Standard is served here/,
    ],
    [
      'an unsupported type',
      { resource: { aws_vpc: { main: {} } } },
      /aws_vpc\.main: resource type aws_vpc is not supported .* aws_sqs_queue/,
    ],
    [
      'an unsupported type that has a counterpart',
      { resource: { aws_iam_policy_attachment: { logs: {} } } },
      /^aws_iam_policy_attachment\.logs: .* write an aws_iam_role_policy or an aws_iam_role_policy_attachment instead; supported/,
    ],
    [
      'an unsupported data source',
      { data: { aws_ami: { a: {} } } },
      /data source aws_ami is not supported; supported are aws_caller_identity/,
    ],
    [
      'two resources of one name',
      { resource: { aws_sqs_queue: { first: { name: 'q' }, second: { name: 'q' } } } },
      /^aws_sqs_queue\.second\.name: "q" is that of aws_sqs_queue\.first, too/,
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
