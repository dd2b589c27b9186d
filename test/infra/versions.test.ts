import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { SagaFunctionDefinition } from '#infra/functions/definition.ts';
import { aslFile } from '#infra/paths.ts';
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
const definitions: readonly SagaFunctionDefinition[] = sagaFunctions;
const steps = definitions.filter(({ role }) => role === 'step');
const published = new Set(steps.map(({ name }) => name));
/** Without those that only the release before names. */
const invoked = new Set(steps.filter(({ retired }) => !retired).map(({ name }) => name));

describe('versions of functions', () => {
  it.each(['local', 'dev', 'prod'])(
    'on stage %s those that the state machine invokes are published, no others',
    (STAGE) => {
      const { functions } = functionsOf({ STAGE });

      const withVersions = [...functions].filter(([, fn]) => fn.publish === true).map(([name]) => name);
      expect(withVersions.sort()).toEqual([...published].sort());
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
      const names = new Set(named.map(([, logicalName]: string[]) => logicalName));
      expect(names).toEqual(new Set([...invoked].map((name) => functions.get(name)?.logicalName)));
    },
  );

  it('lets the state machine invoke a step that its ASL names no more, for sagas that are under way', () => {
    const asl = readFileSync(aslFile, 'utf8');
    const without = asl.replaceAll('{{NotifyBookingFailedFunctionArn}}', '{{NotifyBookingConfirmedFunctionArn}}');
    const stack = synthesize({ STAGE: 'local' }, undefined, without);
    const name = stack.reference('aws_lambda_function', { function_name: 'booking-saga-local-notify-booking-failed' });
    const { role_arn, definition } = stack.resource('aws_sfn_state_machine');
    const [, role = ''] = /(aws_iam_role\.\w+)\.arn/.exec(role_arn) ?? [];
    const { policy } = stack.resource('aws_iam_role_policy', { role: `\${${role}.name}` });

    expect(definition).not.toContain(name);
    expect(policy).toContain(`\${${name}.arn}:*`);
  });
});
