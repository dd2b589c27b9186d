import { describe, expect, it } from '@jest/globals';
import { stageConfig } from '#infra/config.ts';
import { targetServices } from '#infra/target-profile.ts';
import { synthesize } from './support/synthesized.ts';

const TARGET_ENDPOINT = 'http://127.0.0.1:14566';

/** Terraform type prefixes and the provider's names of their services. */
const serviceByPrefix: Readonly<Record<string, (typeof targetServices)[number]>> = {
  apigatewayv2: 'apigatewayv2',
  caller: 'sts',
  cloudwatch: 'cloudwatch',
  cloudwatch_event: 'events',
  cloudwatch_log: 'logs',
  cognito: 'cognitoidp',
  dynamodb: 'dynamodb',
  iam: 'iam',
  lambda: 'lambda',
  s3: 's3',
  sfn: 'sfn',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
};

describe('target profile', () => {
  it('given no target, when synthesized, then nothing names an endpoint or credentials', () => {
    const { json } = synthesize({ STAGE: 'local' });
    expect(json.provider.aws[0]).not.toHaveProperty('endpoints');
    expect(json.provider.aws[0]).not.toHaveProperty('access_key');
    expect(json.resource).toHaveProperty('aws_apigatewayv2_api');
  });

  it('given a target, when synthesized, then every service of the stack is looked for there and nowhere else', () => {
    const { json } = synthesize({ STAGE: 'local', TARGET_ENDPOINT, TARGET_CODE_BUCKET: 'yes' });
    const [provider] = json.provider.aws;
    const [endpoints] = provider.endpoints;
    const types = [...Object.keys(json.resource), ...Object.keys(json.data ?? {})];
    const services = types.map((type) => {
      const [, first = '', second] = type.split('_');
      return serviceByPrefix[`${first}_${second}`] ?? serviceByPrefix[first] ?? `unknown: ${type}`;
    });
    expect(services.filter((service) => endpoints[service] !== TARGET_ENDPOINT)).toEqual([]);
    expect(Object.keys(endpoints).sort()).toEqual([...targetServices].sort());
    expect(provider).toMatchObject({ access_key: 'test', secret_key: 'test', skip_credentials_validation: true });
  });

  it('given a target without HTTP API, when synthesized, then only that and its user pool are left out', () => {
    const full = synthesize({ STAGE: 'local', TARGET_ENDPOINT }).json;
    const { json } = synthesize({ STAGE: 'local', TARGET_ENDPOINT, TARGET_HTTP_API: 'no' });

    expect(JSON.stringify([json.resource, json.output])).not.toContain('apigateway');
    expect(json.output).not.toHaveProperty('api_url');
    const missing = Object.keys(full.resource).filter((type) => json.resource[type] === undefined);
    expect(missing.filter((type) => !/^aws_(apigatewayv2|cognito)_/.test(type))).toEqual([]);
    expect(Object.keys(json.resource).filter((type) => /apigateway|cognito/.test(type))).toEqual([]);
    expect(json.output).not.toHaveProperty('issuer');
    expect(Object.keys(json.resource.aws_lambda_function)).toEqual(Object.keys(full.resource.aws_lambda_function));
  });

  it('given a processor and an endpoint for functions, when synthesized, then every function has them', () => {
    const { resources } = synthesize({
      STAGE: 'local',
      TARGET_ENDPOINT,
      TARGET_ARCHITECTURE: 'x86_64',
      TARGET_FUNCTION_ENDPOINT: 'http://10.0.0.1:4566',
    });
    for (const fn of Object.values(resources('aws_lambda_function'))) {
      expect(fn.architectures).toEqual(['x86_64']);
      expect(fn.environment.variables.AWS_ENDPOINT_URL).toBe('http://10.0.0.1:4566');
    }
  });

  it('given a bucket for code, when synthesized, then every function takes its own code from it, under a key of that code', () => {
    const { resources } = synthesize({ STAGE: 'local', TARGET_ENDPOINT, TARGET_CODE_BUCKET: 'yes' });
    const objects = resources('aws_s3_object');
    const functions = Object.values(resources('aws_lambda_function'));
    const objectOf = (reference: string) => objects[/^\$\{aws_s3_object\.([\w-]+)\./.exec(reference)?.[1] ?? ''];
    for (const fn of functions) {
      expect(fn).not.toHaveProperty('filename');
      const object = objectOf(fn.s3_key);
      expect(objectOf(fn.s3_bucket)).toBe(object);
      const name = fn.function_name.replace('booking-saga-local-', '');
      expect(object?.source).toMatch(new RegExp(`/${name}\\.zip$`));
      expect(object?.key).toMatch(new RegExp(`^${name}/[0-9a-f]{32}\\.zip$`));
    }
    expect(Object.keys(objects)).toHaveLength(functions.length);
  });

  it('given no bucket for code, when synthesized, then there is none, on AWS as on a target', () => {
    for (const environment of [{ STAGE: 'local' }, { STAGE: 'local', TARGET_ENDPOINT }])
      expect(synthesize(environment).text).not.toContain('aws_s3_');
  });

  it('given none, when synthesized, then no function has an endpoint of its own', () => {
    const { text } = synthesize({ STAGE: 'local', TARGET_ENDPOINT });
    expect(text).not.toContain('AWS_ENDPOINT_URL');
  });

  it.each([
    [{ TARGET_ENDPOINT: 'localhost:4566' }, 'TARGET_ENDPOINT must be an endpoint'],
    [{ TARGET_ENDPOINT, TARGET_HTTP_API: 'maybe' }, 'TARGET_HTTP_API must be yes or no'],
    [{ TARGET_ENDPOINT, TARGET_CODE_BUCKET: 'maybe' }, 'TARGET_CODE_BUCKET must be yes or no'],
    [{ TARGET_ENDPOINT, TARGET_ARCHITECTURE: 'mips' }, 'TARGET_ARCHITECTURE must be arm64 or x86_64'],
    [{ TARGET_ENDPOINT, STAGE: 'prod' }, 'TARGET_ENDPOINT must not be set'],
    [{ TARGET_ENDPOINT, TF_STATE_BUCKET: 'b' }, 'unset TF_STATE_BUCKET'],
  ])('given %j, when read, then it is refused by name', (environment, message) => {
    expect(() => stageConfig(environment)).toThrow(message);
  });
});
