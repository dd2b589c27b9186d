import { expect, it } from '@jest/globals';
import { machinesOf } from '#embedded/open-step-functions.ts';
import type { Stack, StackResource } from '#embedded/types.ts';

const withDefinition = (definition: string, more: object = {}) => {
  const attributes = { definition, ...more };
  const machine: StackResource = { type: 'aws_sfn_state_machine', name: 'Sorting', attributes };
  return { resources: () => [machine] } as unknown as Stack;
};

it('a definition that is no JSON is told with its machine', () => {
  expect(machinesOf(withDefinition('{"StartAt":"A"}'))).toMatchObject([{ definition: { StartAt: 'A' } }]);
  expect(() => machinesOf(withDefinition('{"StartAt"'))).toThrow(
    /^aws_sfn_state_machine\.Sorting: its definition is no JSON: /,
  );
});

it('an Express workflow is refused', () => {
  expect(() => machinesOf(withDefinition('{}', { type: 'EXPRESS' }))).toThrow(
    'aws_sfn_state_machine.Sorting: type EXPRESS is not served by the local cloud: use STANDARD',
  );
});
