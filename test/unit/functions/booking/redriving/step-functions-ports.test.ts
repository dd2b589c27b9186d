import '#test/support/lambda-environment.ts';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { sfnExecutionReader } from '#functions/booking/reading/execution-reader.ts';
import { sfnSagaStarter } from '#functions/shared/saga/sfn-saga-starter.ts';
import { executionArnOf } from '#schema/execution-names.ts';
import { awsError, stateMachineArn } from './redrive-function-setup.ts';

describe('Step Functions behind its ports', () => {
  const answering = (answer: () => Promise<unknown>): SFNClient => ({ send: answer }) as unknown as SFNClient;

  it('describes an execution', async () => {
    const reader = sfnExecutionReader(
      answering(async () => ({ name: 'n', status: 'FAILED', error: 'E', cause: 'C', input: '{"a":1}' })),
    );
    await expect(reader.describe('arn:n')).resolves.toEqual({
      executionArn: 'arn:n',
      name: 'n',
      status: 'FAILED',
      error: 'E',
      cause: 'C',
      input: '{"a":1}',
    });
  });

  it('knows nothing of an execution that does not exist, but lets other errors through', async () => {
    const failing = (name: string) =>
      sfnExecutionReader(answering(() => Promise.reject(awsError(name)))).describe('arn:n');
    await expect(failing('ExecutionDoesNotExist')).resolves.toBeUndefined();
    await expect(failing('ThrottlingException')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('fails a start that gives no execution', async () => {
    await expect(sfnSagaStarter(answering(async () => ({}))).start('n', {})).rejects.toThrow(
      /without an execution ARN/,
    );
  });

  it("makes an execution's ARN from the machine's", () => {
    expect(executionArnOf(stateMachineArn, 'trip.a')).toBe(
      'arn:aws:states:us-east-1:000000000000:execution:saga:trip.a',
    );
  });
});
