import { expect, it } from '@jest/globals';
import { open } from './operations-setup.ts';
import { failingSecond, task, twoSteps } from './redrive-setup.ts';

const Iterator = { StartAt: 'Each', States: { Each: task() } };

it.each<[string, Record<string, object>, unknown, number]>([
  ['a Task', twoSteps, { a: 1 }, 2],
  ['a Map', { All: { Type: 'Map', Iterator, End: true } }, [1, 2, 3], 3],
])('an execution that ended before %s, its first state, begins there', async (_, states, input, tasks) => {
  const sfn = open({
    states,
    task: () => 1,
    observe(one) {
      const { length } = sfn.changes;
      if (one.type !== 'executionChanged' || one.status !== 'RUNNING' || length > 1) return;
      void sfn.call('StopExecution', { executionArn: one.executionArn });
    },
  });
  const { executionArn } = await sfn.run(input);
  const before = await sfn.history(String(executionArn));
  expect(before.map(({ type }) => type)).toEqual(['ExecutionStarted', 'ExecutionAborted']);

  await sfn.call('RedriveExecution', { executionArn });
  await sfn.service.idle();

  expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  expect(sfn.tasks).toHaveLength(tasks);
});

it('a state whose input was null gets it again', async () => {
  const states = { First: task('Second'), Second: task() };
  const fails = failingSecond();
  const sfn = open({ states, task: (one, attempt) => (one.stateName === 'First' ? null : fails(one, attempt - 1)) });
  const { executionArn } = await sfn.run({ a: 1 });

  await sfn.call('RedriveExecution', { executionArn });
  await sfn.service.idle();

  expect(sfn.tasks.map(({ input }) => input)).toEqual([{ a: 1 }, null, null]);
});
