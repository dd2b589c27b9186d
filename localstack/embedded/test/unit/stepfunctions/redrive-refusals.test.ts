import { describe, expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { open, refused, states } from './operations-setup.ts';
import { failingSecond, task, twoSteps } from './redrive-setup.ts';
import { failure, hanging } from './support.ts';

describe('RedriveExecution', () => {
  it('refuses executions that run, have succeeded, ended two weeks ago, or are not known', async () => {
    const ports = createVirtualTime();
    const { task: hang } = hanging();
    const sfn = open({
      states: { ...states },
      ports,
      task: (one) => {
        const { end } = one.input as { end?: string };
        if (end === 'fail') throw failure('Broken');
        return end === 'hang' ? hang(one) : {};
      },
    });
    const redrive = (executionArn: unknown) => sfn.call('RedriveExecution', { executionArn });
    const failed = await sfn.start({ end: 'fail' });
    const running = await sfn.start({ end: 'hang' });
    const succeeded = await sfn.start({});
    await ports.advance(0);

    await expect(redrive(running)).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
      message: 'Execution is RUNNING and cannot be redriven',
    });
    await expect(redrive(succeeded)).rejects.toEqual(refused('ExecutionNotRedrivable'));
    await expect(redrive(`${failed}x`)).rejects.toEqual(refused('ExecutionDoesNotExist'));
    await ports.advance(14 * 24 * 3600 * 1000);
    await expect(redrive(failed)).rejects.toEqual(refused('ExecutionNotRedrivable'));
    expect(await sfn.call('DescribeExecution', { executionArn: failed })).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrivable period exceeded',
    });
  });

  it('refuses in words what ended inside of a Map, which AWS would redrive by item', async () => {
    const Iterator = { StartAt: 'Each', States: { Each: task() } };
    const sfn = open({
      states: { All: { Type: 'Map', ItemsPath: '$.items', Iterator, End: true } },
      task: () => {
        throw failure('Broken');
      },
    });
    const { executionArn } = await sfn.run({ items: [1, 2] });

    await expect(sfn.call('RedriveExecution', { executionArn })).rejects.toThrow(/'Each'.*Map or a Parallel/);
  });

  it('answers the same client token again without another redrive', async () => {
    const ports = createVirtualTime();
    const sfn = open({ states: twoSteps, task: failingSecond(5), ports });
    const { executionArn } = await sfn.run();
    const redrive = (clientToken: string) => sfn.call('RedriveExecution', { executionArn, clientToken });

    const first = await redrive('one');
    await ports.advance(1_000);
    expect(await redrive('one')).toEqual(first);
    expect(sfn.tasks).toHaveLength(3);

    await redrive('two');
    await ports.advance(15 * 60_000);
    await redrive('one');
    await ports.advance(0);
    expect(sfn.tasks).toHaveLength(5);
  });
});
