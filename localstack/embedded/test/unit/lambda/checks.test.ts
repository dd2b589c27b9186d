import { describe, expect, it } from '@jest/globals';
import { checkFunction } from '#embedded/lambda/checks.ts';

const check = (attributes: object) =>
  checkFunction({ type: 'aws_lambda_function', name: 'Pay', attributes: { runtime: 'nodejs24.x', ...attributes } });

describe('a function of the stack', () => {
  it.each([
    [{ timeout: 901 }, 'aws_lambda_function.Pay.timeout: is a whole number between 1 and 900, not 901'],
    [{ memory_size: 64 }, 'aws_lambda_function.Pay.memory_size: is a whole number between 128 and 10240, not 64'],
    [{ timeout: 2.5 }, 'aws_lambda_function.Pay.timeout: is a whole number between 1 and 900, not 2.5'],
    [{ snap_start: { apply_on: 'PublishedVersions' } }, 'aws_lambda_function.Pay.snap_start is not served'],
    [
      { logging_config: { log_format: 'JSON', system_log_level: 'WARN' } },
      'aws_lambda_function.Pay.logging_config.system_log_level is not served by the local cloud',
    ],
    [{ environment: { variables: { AWS_REGION: 'x', MINE: 'y' } } }, 'sets these variables itself: AWS_REGION'],
    [{ environment: { variables: { '1A': 'x', B: 'y', C_D: 'z' } } }, 'two at least: 1A, B'],
    [{ environment: { variables: { BIG: 'x'.repeat(4_087) } } }, 'the variables have 4097 bytes as JSON'],
  ])('with %j is refused', (attributes, message) => {
    expect(() => check(attributes)).toThrow(message);
  });

  it.each([{}, { timeout: 900, memory_size: 128, layers: [], environment: { variables: { BIG: 'x'.repeat(4_086) } } }])(
    'with %j is not',
    (attributes) => {
      expect(() => check(attributes)).not.toThrow();
    },
  );
});
