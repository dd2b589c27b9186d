import { describe, expect, it } from '@jest/globals';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { type Json, synthesize } from './support/synthesized.ts';

const functionsOf = (environment: Record<string, string>) => {
  const stack = synthesize(environment);
  const byName = Object.entries(stack.resources('aws_lambda_function')).map(
    ([logicalName, fn]: [string, Json]) =>
      [fn.function_name.replace(/^booking-saga-[a-z]+-/, ''), { ...fn, logicalName }] as const,
  );
  return { stack, functions: new Map<string, Json>(byName) };
};
const steps = new Set<string>(sagaFunctions.filter(({ role }) => role === 'step').map(({ name }) => name));

describe('versions of functions', () => {
  it.each(['local', 'dev', 'prod'])(
    'on stage %s those that the state machine invokes are published, no others',
    (STAGE) => {
      const { functions } = functionsOf({ STAGE });

      const published = [...functions].filter(([, fn]) => fn.publish === true).map(([name]) => name);
      expect(published.sort()).toEqual([...steps].sort());
      // A version is made when this changes, or the configuration.
      for (const fn of functions.values()) expect(fn.source_code_hash).toMatch(/^[\w+/]{43}=$/);
    },
  );

  it.each(['local', 'dev', 'prod'])(
    'on stage %s the state machine names its functions with their versions',
    (STAGE) => {
      const { stack, functions } = functionsOf({ STAGE });
      const { definition } = stack.resource('aws_sfn_state_machine');
      const version = /\$\{aws_lambda_function\.(\w+)\.arn\}:\$\{aws_lambda_function\.\1\.version\}/g;
      const named = [...definition.matchAll(version)];

      expect(definition.replaceAll(version, '')).not.toContain('aws_lambda_function');
      const invoked = new Set(named.map(([, logicalName]: string[]) => logicalName));
      expect(invoked).toEqual(new Set([...steps].map((name) => functions.get(name)?.logicalName)));
    },
  );
});
