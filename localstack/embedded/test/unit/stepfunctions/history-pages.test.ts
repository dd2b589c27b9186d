import { describe, expect, it } from '@jest/globals';
import { lambdaTask } from './histories.ts';
import { hanging, ROLE_ARN, subject } from './support.ts';

describe('a history', () => {
  it('tells of a time-out of a Task and of the machine', async () => {
    const { task } = hanging();
    const ofTask = subject({ states: { Reserve: lambdaTask({ TimeoutSeconds: 1, End: true }) }, task });
    const ofMachine = subject({ states: { Reserve: lambdaTask({ End: true }) }, machine: { TimeoutSeconds: 1 }, task });

    const [first, second] = await Promise.all([ofTask.run(), ofMachine.run()]);

    expect((await ofTask.history(first.executionArn as string)).slice(-2)).toEqual([
      expect.objectContaining({
        type: 'LambdaFunctionTimedOut',
        lambdaFunctionTimedOutEventDetails: { error: 'States.Timeout' },
      }),
      expect.objectContaining({ type: 'ExecutionFailed', executionFailedEventDetails: { error: 'States.Timeout' } }),
    ]);
    expect((await ofMachine.history(second.executionArn as string)).at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  it('can be read while the execution runs', async () => {
    const { task, called } = hanging();
    const sfn = subject({
      states: {
        Note: { Type: 'Pass', Result: 1, ResultPath: '$.n', Next: 'Reserve' },
        Reserve: lambdaTask({ End: true }),
      },
      task,
    });
    const executionArn = await sfn.start({});
    await called;

    const [first, again] = await Promise.all([sfn.history(executionArn), sfn.history(executionArn)]);

    expect(first.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
    ]);
    expect(first[3]).toMatchObject({ stateEnteredEventDetails: { input: '{"n":1}' } });
    expect(again).toEqual(first);
    await sfn.service.close();
  });

  it('pages, in both directions, with and without data', async () => {
    const sfn = subject({ states: { Reserve: lambdaTask({ End: true }) } });
    const { executionArn } = await sfn.run();
    const read = async (input: object): Promise<number[]> => {
      const ids: number[] = [];
      let nextToken: unknown;
      do {
        const answer = await sfn.call('GetExecutionHistory', { executionArn, maxResults: 3, nextToken, ...input });
        expect((answer.events as unknown[]).length).toBeLessThanOrEqual(3);
        ids.push(...(answer.events as { id: number }[]).map(({ id }) => id));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
      return ids;
    };

    expect(await read({})).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await read({ reverseOrder: true })).toEqual([7, 6, 5, 4, 3, 2, 1]);
    const { events } = await sfn.call('GetExecutionHistory', { executionArn, includeExecutionData: false });
    expect((events as object[])[0]).toMatchObject({ executionStartedEventDetails: { roleArn: ROLE_ARN } });
    expect(JSON.stringify(events)).not.toMatch(/"(input|output|parameters)":/);
  });
});
