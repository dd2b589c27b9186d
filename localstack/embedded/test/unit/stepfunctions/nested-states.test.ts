import { describe, expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { failure, LAMBDA, outputOf, subject } from './support.ts';

const oneTask = (rest: object = {}, name = 'Pack') => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: LAMBDA, End: true, ...rest } },
});
const aMap = (rest: object = {}) => ({ Each: { Type: 'Map', ItemProcessor: oneTask(), End: true, ...rest } });

describe('a Map', () => {
  it('runs its states for each item and keeps the order of the results', async () => {
    const task = async ({ input }: { input: unknown }) => {
      // Later items answer earlier.
      for (let turn = 3 - Number(input); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
      return Number(input) * 10;
    };

    expect(outputOf(await subject({ states: aMap(), task }).run([1, 2, 3]))).toEqual([10, 20, 30]);
  });

  it('has its items at ItemsPath, gives each what ItemSelector says, and places the results', async () => {
    const states = aMap({
      ItemsPath: '$.items',
      ItemSelector: { 'order.$': '$.order', 'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' },
      ResultSelector: { 'packed.$': '$' },
      ResultPath: '$.result',
    });
    const sfn = subject({ states, task: ({ input }) => input });

    const output = outputOf(await sfn.run({ order: 'o1', items: ['a', 'b'] }));

    const packed = [
      { order: 'o1', item: 'a', index: 0 },
      { order: 'o1', item: 'b', index: 1 },
    ];
    expect(output).toEqual({ order: 'o1', items: ['a', 'b'], result: { packed } });
  });

  it('takes Iterator and Parameters, the older names, too', async () => {
    const Each = { Type: 'Map', Iterator: oneTask(), Parameters: { 'n.$': '$$.Map.Item.Value' }, End: true };

    expect(outputOf(await subject({ states: { Each }, task: ({ input }) => input }).run([7]))).toEqual([{ n: 7 }]);
  });

  it('tells the Tasks of its other items when one has failed', async () => {
    const task = ({ input }: { input: unknown }) => {
      if (input === 1) throw failure('Broken');
      return new Promise<never>(() => {});
    };
    const sfn = subject({ states: aMap(), task });

    await sfn.run([0, 1]);

    expect(sfn.tasks.map(({ input, signal }) => [input, signal.aborted])).toEqual([
      [0, true],
      [1, false],
    ]);
  });

  it('runs no more at a time than MaxConcurrency says', async () => {
    let running = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return null;
    };

    await subject({ states: aMap({ MaxConcurrency: 2 }), task }).run([1, 2, 3, 4, 5]);

    expect(most).toBe(2);
  });

  it('fails with the error of the first item that fails, which its own Retry and Catch see', async () => {
    const Catch = [{ ErrorEquals: ['Broken'], ResultPath: '$.error', Next: 'Undo' }];
    const Retry = [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }];
    const states = { ...aMap({ ItemsPath: '$.items', Retry, Catch }), Undo: { Type: 'Pass', End: true } };
    const task = ({ input }: { input: unknown }) =>
      input === 2 ? Promise.reject(failure('Broken', 'it fell')) : input;
    const sfn = subject({ states, task });

    const output = outputOf(await sfn.run({ items: [1, 2] }));

    expect(output).toEqual({ items: [1, 2], error: { Error: 'Broken', Cause: 'it fell' } });
    expect(sfn.tasks).toHaveLength(4);
  });

  it('ends the items that still wait once one has failed', async () => {
    const time = createVirtualTime();
    const States = {
      Which: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 1, Next: 'Wait' }], Default: 'Sorry' },
      Wait: { Type: 'Wait', Seconds: 3_600, Next: 'Late' },
      Late: { Type: 'Task', Resource: LAMBDA, End: true },
      Sorry: { Type: 'Fail', Error: 'Broken' },
    };
    const sfn = subject({ states: aMap({ ItemProcessor: { StartAt: 'Which', States } }), ports: time });

    const executionArn = await sfn.start([1, 2]);
    await time.advance(7_200_000);

    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(sfn.tasks).toEqual([]);
  });

  it.each([[{}], ['text'], [null]])('of %j fails with States.Runtime', async (input) => {
    expect(await subject({ states: aMap() }).run(input)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('of no items gives an empty list', async () => {
    expect(outputOf(await subject({ states: aMap() }).run([]))).toEqual([]);
  });

  it('has the events of AWS', async () => {
    const sfn = subject({ states: aMap({ MaxConcurrency: 1 }) });
    const { executionArn } = await sfn.run(['a']);

    const events = await sfn.history(executionArn as string);

    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'MapStateEntered'],
      [3, 2, 'MapStateStarted'],
      [4, 3, 'MapIterationStarted'],
      [5, 4, 'TaskStateEntered'],
      [6, 5, 'LambdaFunctionScheduled'],
      [7, 6, 'LambdaFunctionStarted'],
      [8, 7, 'LambdaFunctionSucceeded'],
      [9, 8, 'TaskStateExited'],
      [10, 9, 'MapIterationSucceeded'],
      [11, 10, 'MapStateSucceeded'],
      [12, 10, 'MapStateExited'],
      [13, 12, 'ExecutionSucceeded'],
    ]);
    const { executionArn: second } = await sfn.run(['a', 'b']);
    const started = (await sfn.history(second as string)).filter(({ type }) => type === 'MapIterationStarted');
    expect(started.map(({ id, previousEventId }) => [id, previousEventId])).toEqual([
      [4, 3],
      [11, 9],
    ]);
    expect(events[2]).toMatchObject({ mapStateStartedEventDetails: { length: 1 } });
    expect(events[3]).toMatchObject({ mapIterationStartedEventDetails: { name: 'Each', index: 0 } });
  });
});

describe('a Parallel', () => {
  const Branches = [
    oneTask({ ResultSelector: { first: true } }),
    oneTask({ ResultSelector: { second: true } }, 'Ship'),
  ];

  it('runs its branches on the same input and gives their results in order', async () => {
    const states = { Both: { Type: 'Parallel', Branches, Parameters: { 'n.$': '$.a' }, End: true } };
    const sfn = subject({ states });

    expect(outputOf(await sfn.run({ a: 1 }))).toEqual([{ first: true }, { second: true }]);
    expect(sfn.tasks.map(({ input }) => input)).toEqual([{ n: 1 }, { n: 1 }]);
  });

  it('fails with the error of a branch', async () => {
    const failing = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Broken', Cause: 'it fell' } } };
    const states = { Both: { Type: 'Parallel', Branches: [...Branches, failing], End: true } };

    const description = await subject({ states }).run({});

    expect(description).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'it fell' });
  });
});
