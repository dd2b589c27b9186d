/** A release may not leave behind what the one before still needs: https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { sagaErrors } from '#functions/saga-errors.ts';
import type { SagaFunctionDefinition } from '#infra/functions/definition.ts';
import { pascalCase } from '#infra/functions/names.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { partitionPrefixes } from '#schema/table.ts';
import { type FaultyCloud, openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { type StackFile, stackWithPreviousMachine } from './previous-machine.ts';
import { previousAsl, previousRelease } from './release.ts';
import { replay } from './replay.ts';

const { release, stories, inputs, permissions } = previousRelease();
const named = new Set(
  [...previousAsl().matchAll(/\{\{(\w+)FunctionArn\}\}/g)].map(([, placeholder]) => placeholder as string),
);
const physical = (name: string) => `booking-saga-local-${name}`;
/** Errors that a function may answer to an input alone, without the saga's earlier steps: our own, except the one that is checked. */
const expectedErrors: ReadonlySet<string> = new Set(
  sagaErrors.map((ErrorClass) => new ErrorClass('').name).filter((name) => name !== 'InvalidSagaInputError'),
);

describe(`sagas of release ${release} that are under way`, () => {
  let target: FaultyCloud;
  beforeAll(async () => {
    target = await openFaultyCloud();
  }, 60_000);
  afterAll(() => target?.close());

  it('find every function that their state machine names', () => {
    const present = sagaFunctions.filter(({ role }) => role === 'step').map(({ name }) => pascalCase(name));

    expect([...named].filter((name) => !present.includes(name))).toEqual([]);
  });

  it('keep no function that they do not name', () => {
    const retired = (sagaFunctions as readonly SagaFunctionDefinition[]).filter((each) => each.retired);

    expect(retired.filter(({ name }) => !named.has(pascalCase(name)))).toEqual([]);
  });

  it('were recorded with an input of every function', () => {
    expect(Object.keys(inputs).map(pascalCase).sort()).toEqual([...named].sort());
  });

  it.each(Object.entries(inputs).flatMap(([name, all]) => all.map((input, index) => [name, index, input] as const)))(
    'are understood: %s reads input %i',
    async (name, _, input) => {
      const { payload, functionError } = await target.cloud.lambda.invoke(physical(name), input, OUTSIDE);

      const { errorType = 'none' } = (functionError === undefined ? {} : payload) as { errorType?: string };
      expect(['none', ...expectedErrors]).toContain(errorType);
    },
  );

  it.each(permissions)('may still do what they need: $role, $action on $partition $resource', (permission) => {
    const { role, action, resource, partition } = permission;
    const key = partition === undefined || partition === 'trip' ? 'some-trip' : `${partitionPrefixes[partition]}x`;
    const context = partition === undefined ? undefined : { 'dynamodb:LeadingKeys': [key] };
    const roleArn = `arn:aws:iam::000000000000:role/${physical(role)}`;

    expect(() => target.cloud.iam.authorize({ roleArn }, action, resource, context)).not.toThrow();
  });
});

describe.each([
  ['its own state machine, with the functions of now', stackWithPreviousMachine],
  ['the state machine of now, as redrives and cancellations are', () => undefined],
])(`what release ${release} started, run by %s`, (_, stackOf) => {
  let stack: StackFile | undefined;
  let target: FaultyCloud;
  beforeAll(async () => {
    stack = stackOf();
    target = await openFaultyCloud(stack?.file);
  }, 60_000);
  afterAll(async () => {
    await target?.close();
    stack?.remove();
  });

  it.each(stories)('given $name, when run, then it ends as it did', async (story) => {
    expect(await replay(target, story)).toEqual(story.runs);
  });
});
