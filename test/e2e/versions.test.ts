import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { describe, expect } from '@jest/globals';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

const itWithVersions = itNeeds('function versions');

async function functionsOfTheMachine(): Promise<string[]> {
  const { stateMachineArn, stepFunctions } = target;
  const { definition = '' } = await stepFunctions.send(new DescribeStateMachineCommand({ stateMachineArn }));
  return [...new Set(definition.match(/arn:aws:lambda:[^"]+/g))];
}

describe('a release', () => {
  itWithVersions('names its functions with their versions, which are there', async () => {
    const arns = await functionsOfTheMachine();

    expect(arns.length).toBeGreaterThan(10);
    for (const arn of arns) {
      const [, version = 'none'] = /:function:[\w-]+:(\d+)$/.exec(arn) ?? [];
      const described = await target.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: arn }));
      expect({ arn, version: described.Version }).toEqual({ arn, version });
    }
  });

  itWithVersions('runs the version that is asked for, and no other in its place', async () => {
    const [arn = ''] = await functionsOfTheMachine();
    const invoke = (FunctionName: string) => target.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));

    expect(await invoke(arn)).toMatchObject({ StatusCode: 200, ExecutedVersion: arn.split(':').at(-1) });
    await expect(invoke(arn.replace(/\d+$/, '999'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
