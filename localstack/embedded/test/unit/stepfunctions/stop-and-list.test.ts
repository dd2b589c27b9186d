import { describe, expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { EXECUTION, open, refused, states } from './operations-setup.ts';
import { failure, hanging, LAMBDA, MACHINE_ARN } from './support.ts';

describe('StopExecution', () => {
  it('aborts the running Task and schedules nothing further', async () => {
    const { task, called, aborted } = hanging();
    const Retry = [{ ErrorEquals: ['States.ALL'] }];
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Undo' }];
    const sfn = open({
      states: { Reserve: { ...states.Reserve, Retry, Catch }, Undo: { Type: 'Task', Resource: LAMBDA, End: true } },
      task,
    });
    const executionArn = await sfn.start();
    await called;

    const { stopDate } = await sfn.call('StopExecution', { executionArn, error: 'ByHand', cause: 'a test' });
    await aborted;

    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      stopDate,
      error: 'ByHand',
      cause: 'a test',
    });
    expect((await sfn.history(executionArn)).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'ExecutionAborted',
    ]);
    expect(sfn.tasks).toHaveLength(1);
  });

  it('between two tries ends the wait and tries no more', async () => {
    const tried = Promise.withResolvers<void>();
    const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3600 }];
    const sfn = open({
      states: { Reserve: { ...states.Reserve, Retry } },
      retryScale: 1,
      task: () => {
        tried.resolve();
        throw failure('Flaky');
      },
    });
    const executionArn = await sfn.start();
    await tried.promise;
    await sfn.history(executionArn);

    await sfn.call('StopExecution', { executionArn });
    await sfn.service.idle();

    expect(sfn.tasks).toHaveLength(1);
    expect(sfn.changes.map(({ status }) => status)).toEqual(['RUNNING', 'ABORTED']);
  });

  it('leaves an ended execution as it is', async () => {
    const sfn = open();
    const { executionArn, stopDate } = await sfn.run();

    expect(await sfn.call('StopExecution', { executionArn })).toEqual({ stopDate });
    expect((await sfn.call('DescribeExecution', { executionArn })).status).toBe('SUCCEEDED');
  });
});

describe('ListExecutions', () => {
  it('lists newest first, page by page, by status', async () => {
    const sfn = open({
      task: ({ input }) => ((input as { fail?: boolean }).fail ? Promise.reject(failure('Oops')) : {}),
    });
    for (let index = 0; index < 5; index += 1) await sfn.run({ fail: index % 2 === 1 }, `e${index}`);
    const list = (input: object) => sfn.call('ListExecutions', { stateMachineArn: MACHINE_ARN, ...input });
    const names = (answer: Record<string, unknown>) =>
      (answer.executions as { name: string }[]).map(({ name }) => name);

    const first = await list({ maxResults: 3 });
    const second = await list({ maxResults: 3, nextToken: first.nextToken });

    expect([names(first), names(second), second.nextToken]).toEqual([['e4', 'e3', 'e2'], ['e1', 'e0'], undefined]);
    expect(names(await list({ statusFilter: 'FAILED' }))).toEqual(['e3', 'e1']);
    expect(first.executions).toContainEqual(
      expect.objectContaining({ status: 'SUCCEEDED', stopDate: expect.any(Number) }),
    );
    await expect(list({ nextToken: 'bogus' })).rejects.toEqual(refused('InvalidToken'));
    await expect(list({ maxResults: 1001 })).rejects.toEqual(refused('ValidationException'));
  });

  it('goes on behind an execution that was forgotten since its page was told', async () => {
    const ports = createVirtualTime();
    const { task: hang } = hanging();
    const sfn = open({ historyLimit: 2, ports, task: (one) => ('hang' in (one.input as object) ? hang(one) : {}) });
    const list = (input: object) => sfn.call('ListExecutions', { stateMachineArn: MACHINE_ARN, ...input });
    const start = async (name: string, input = {}): Promise<void> => {
      await sfn.start(input, name);
      await ports.advance(1);
    };
    await start('open', { hang: true });
    await start('a');
    await start('b');
    const { nextToken } = await list({ maxResults: 2 });

    await start('c');
    await start('d');

    expect(await list({ nextToken })).toMatchObject({ executions: [{ name: 'open' }] });
  });

  it('forgets the oldest ended executions over the limit, but not their names', async () => {
    const sfn = open({ historyLimit: 2 });
    for (const name of ['a', 'b', 'c']) await sfn.run({}, name);

    const { executions } = await sfn.call('ListExecutions', { stateMachineArn: MACHINE_ARN });

    expect((executions as { name: string }[]).map(({ name }) => name)).toEqual(['c', 'b']);
    await expect(sfn.call('DescribeExecution', { executionArn: `${EXECUTION}a` })).rejects.toEqual(
      refused('ExecutionDoesNotExist'),
    );
    await expect(sfn.start({}, 'a')).rejects.toEqual(refused('ExecutionAlreadyExists'));
  });
});
