import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/types.ts';
import { EXECUTION, open, refused, states } from './operations-setup.ts';
import { hanging, MACHINE_ARN, ROLE_ARN } from './support.ts';

describe('authorization', () => {
  it.each([
    ['StartExecution', { stateMachineArn: MACHINE_ARN }, MACHINE_ARN],
    ['ListExecutions', { stateMachineArn: MACHINE_ARN }, MACHINE_ARN],
    ['DescribeStateMachine', { stateMachineArn: MACHINE_ARN }, MACHINE_ARN],
    ['ListStateMachines', {}, '*'],
    ['ListTagsForResource', { resourceArn: MACHINE_ARN }, MACHINE_ARN],
    ['DescribeExecution', { executionArn: `${EXECUTION}a` }, `${EXECUTION}a`],
    ['GetExecutionHistory', { executionArn: `${EXECUTION}a` }, `${EXECUTION}a`],
    ['StopExecution', { executionArn: `${EXECUTION}a` }, `${EXECUTION}a`],
    ['RedriveExecution', { executionArn: `${EXECUTION}a` }, `${EXECUTION}a`],
    ['DescribeStateMachineForExecution', { executionArn: `${EXECUTION}a` }, `${EXECUTION}a`],
  ])(
    '%s asks for its action on the right resource, and nothing happens without',
    async (operation, input, resource) => {
      const asked: unknown[] = [];
      const sfn = open({
        authorize: (...question) => {
          asked.push(question);
          throw new AwsError('AccessDeniedException', 'no');
        },
      });

      await expect(sfn.call(operation, input)).rejects.toEqual(refused('AccessDeniedException'));
      expect(asked).toEqual([[{ roleArn: undefined }, `states:${operation}`, resource]]);
      expect(sfn.tasks).toEqual([]);
    },
  );

  it('runs Tasks with the machine role', async () => {
    const callers: unknown[] = [];
    const { createStepFunctions } = await import('#embedded/stepfunctions/index.ts');
    const service = createStepFunctions({
      machines: [
        {
          name: 'parcel',
          arn: MACHINE_ARN,
          roleArn: ROLE_ARN,
          definition: { StartAt: 'Reserve', States: states },
          type: 'STANDARD',
        },
      ],
      environment: { region: 'us-east-1', accountId: '000000000000' },
      authorize: () => {},
      tasks: async (_, caller) => callers.push(caller),
      onStatusChange: () => {},
    });

    await service.call('StartExecution', { stateMachineArn: MACHINE_ARN, name: randomUUID() }, { roleArn: 'somebody' });
    await service.idle();

    expect(callers).toEqual([{ roleArn: ROLE_ARN }]);
  });
});

describe('members that would change the answer', () => {
  const machine = { stateMachineArn: MACHINE_ARN };

  it.each<[string, object]>([
    ['StartExecution', { ...machine, traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793' }],
    ['ListExecutions', { ...machine, mapRunArn: 'arn' }],
    ['DescribeStateMachine', { ...machine, includedData: 'SOME' }],
    ['DescribeStateMachine', { ...machine, includedData: 'METADATA_ONLY' }],
    ['DescribeExecution', { executionArn: `${EXECUTION}a`, includedData: 'SOME' }],
    ['DescribeStateMachineForExecution', { executionArn: `${EXECUTION}a`, includedData: 'SOME' }],
  ])('are refused: %s %j', async (operation, input) => {
    await expect(open().call(operation, { ...input })).rejects.toEqual(refused('ValidationException'));
  });

  it('are none for all data', async () => {
    const answer = await open().call('DescribeStateMachine', { ...machine, includedData: 'ALL_DATA' });

    expect(answer).toHaveProperty('definition');
  });
});

describe('status changes', () => {
  it('tell of the start and the end', async () => {
    const sfn = open({ task: () => ({ done: true }) });
    const { executionArn } = await sfn.run({ a: 1 }, 'e');
    const start = {
      executionArn,
      stateMachineArn: MACHINE_ARN,
      name: 'e',
      input: '{"a":1}',
      startDate: expect.any(Number),
      error: null,
      cause: null,
    };

    expect(sfn.changes).toEqual([
      { ...start, status: 'RUNNING', stopDate: null, output: null },
      { ...start, status: 'SUCCEEDED', stopDate: expect.any(Number), output: '{"done":true}' },
    ]);
  });

  it('do not come from close, which aborts what runs', async () => {
    const { task, called, aborted } = hanging();
    const sfn = open({ task });
    await sfn.start();
    await called;

    await sfn.service.close();
    await aborted;

    expect(sfn.changes.map(({ status }) => status)).toEqual(['RUNNING']);
    await sfn.service.idle();
    await expect(sfn.start()).rejects.toEqual(refused('ServiceUnavailable'));
  });
});
