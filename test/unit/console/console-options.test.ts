import { describe, expect, it } from '@jest/globals';
import { optionsOf } from '../../../localstack/console/options.ts';

const words = { port: '0', 'allow-actions': false };

describe('npm run console', () => {
  it('reads only, on a free port, unless it is told otherwise', () => {
    expect(optionsOf({ ...words, target: 'http://127.0.0.1:9' }, {})).toEqual({
      stage: 'local',
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9',
      actions: false,
      port: 0,
    });
    expect(optionsOf({ target: 'localstack', port: '8080', 'allow-actions': true }, { AWS_PORT: '99' })).toMatchObject({
      endpoint: 'http://127.0.0.1:99',
      actions: true,
      port: 8080,
    });
  });

  it('takes AWS where no target is named, by stage and region', () => {
    expect(optionsOf(words, { STAGE: 'prod', AWS_REGION: 'eu-west-1' })).toMatchObject({
      stage: 'prod',
      region: 'eu-west-1',
      endpoint: undefined,
    });
  });

  it.each([
    [{ ...words }, {}, /name a --target/],
    [{ ...words, port: '80a' }, { STAGE: 'dev' }, /--port/],
    [{ ...words, port: '70000' }, { STAGE: 'dev' }, /--port/],
    [{ ...words, target: 'moon' }, {}, /moon/],
    [words, { STAGE: 'moon' }, /moon/],
    [words, { STAGE: 'dev', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, /AWS_ENDPOINT_URL/],
  ])('refuses %j with %j', (given, environment, message) => {
    expect(() => optionsOf(given, environment)).toThrow(message);
  });
});
