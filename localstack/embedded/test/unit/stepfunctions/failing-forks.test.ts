/** Histories as AWS writes them: https://github.com/localstack/localstack/tree/main/tests/aws/services/stepfunctions/v2 has recordings. */
import { expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { failure, LAMBDA, subject } from './support.ts';

const wait = (Seconds: number, next: object = { End: true }) => ({ Type: 'Wait', Seconds, ...next });
const boom = { Type: 'Fail', Error: 'Boom' };
/** Item 1 fails after a second, the others wait for an hour. */
const processor = {
  StartAt: 'Route',
  States: {
    Route: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 1, Next: 'Pause' }], Default: 'Long' },
    Pause: wait(1, { Next: 'Boom' }),
    Long: wait(3600),
    Boom: boom,
  },
};
const handlers = (Next: string) => ({ Next, Catch: [{ ErrorEquals: ['Boom'], Next }] });

/** What the history tells after the failure, `id<previous:type`. */
async function eventsAfter(type: string, states: Record<string, object>, input: unknown = {}, rest: object = {}) {
  const ports = createVirtualTime();
  const sfn = subject({ states, ports, ...rest });
  const executionArn = await sfn.start(input);
  await ports.advance(10_000_000);
  const events = await sfn.history(executionArn);
  const from = events.findIndex((event) => event.type === type);
  return events.slice(from).map(({ id, previousEventId, type }) => `${id}<${previousEventId}:${type}`);
}

it('a Map that fails tells which of its items it cut off and in which states, and nothing of them afterwards', async () => {
  const Each = { Type: 'Map', ItemProcessor: processor, ...handlers('Z') };
  const states = { Each, Z: wait(5) };

  expect(await eventsAfter('FailStateEntered', states, [2, 1, 3])).toEqual([
    '17<16:FailStateEntered',
    '18<17:MapIterationAborted',
    '19<17:WaitStateAborted',
    '20<17:MapIterationFailed',
    '21<17:MapIterationAborted',
    '22<17:WaitStateAborted',
    '23<17:MapStateFailed',
    '24<23:MapStateExited',
    '25<24:WaitStateEntered',
    '26<25:WaitStateExited',
    '27<26:ExecutionSucceeded',
  ]);
});

it('so does one without a Catch', async () => {
  const Each = { Type: 'Map', ItemProcessor: processor, End: true };

  expect((await eventsAfter('FailStateEntered', { Each }, [1, 2])).slice(1)).toEqual([
    '14<13:MapIterationFailed',
    '15<13:MapIterationAborted',
    '16<13:WaitStateAborted',
    '17<13:MapStateFailed',
    '18<17:ExecutionFailed',
  ]);
});

it('a Map that is retried starts again after the failure, and has failed only in the end', async () => {
  const ItemProcessor = { StartAt: 'Boom', States: { Boom: boom } };
  const Each = { Type: 'Map', ItemProcessor, Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }], End: true };

  expect(await eventsAfter('MapStateStarted', { Each }, [1])).toEqual([
    '3<2:MapStateStarted',
    '4<3:MapIterationStarted',
    '5<4:FailStateEntered',
    '6<5:MapIterationFailed',
    '7<5:MapStateStarted',
    '8<7:MapIterationStarted',
    '9<8:FailStateEntered',
    '10<9:MapIterationFailed',
    '11<9:MapStateFailed',
    '12<11:ExecutionFailed',
  ]);
});

it('a Parallel that fails tells in which states its branches were cut off', async () => {
  const Task = { Type: 'Task', Resource: LAMBDA, End: true };
  const Branches = [
    { StartAt: 'Long', States: { Long: wait(3600) } },
    { StartAt: 'Call', States: { Call: Task } },
    { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } },
  ];
  const Both = { Type: 'Parallel', Branches, ...handlers('Z') };
  const task = () => Promise.reject(failure('Boom'));

  expect(await eventsAfter('LambdaFunctionFailed', { Both, Z: wait(5) }, {}, { task })).toEqual([
    '10<7:LambdaFunctionFailed',
    '11<10:WaitStateAborted',
    '12<10:TaskStateAborted',
    '13<10:ParallelStateFailed',
    '14<13:ParallelStateExited',
    '15<14:WaitStateEntered',
    '16<15:WaitStateExited',
    '17<16:ExecutionSucceeded',
  ]);
});

it('what nothing can catch ends the execution at once', async () => {
  const Bad = { Type: 'Pass', InputPath: '$.nope', End: true };
  const Branches = [{ StartAt: 'Bad', States: { Bad } }];
  const Both = { Type: 'Parallel', Branches, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }], Next: 'Z' };

  expect(await eventsAfter('ParallelStateStarted', { Both, Z: wait(5) })).toEqual([
    '3<2:ParallelStateStarted',
    '4<3:PassStateEntered',
    '5<4:ExecutionFailed',
  ]);
});

it('nothing is told of Tasks that answer as their Map is cut off', async () => {
  const answer = Promise.withResolvers<void>();
  const task = async ({ input }: { input: unknown }) => {
    await answer.promise;
    if (input === 0) throw failure('Boom');
    // Each later than the one before by a turn of the queue.
    for (let turn = 0; turn < Number(input); turn++) await null;
    return input;
  };
  const States = {
    Call: { Type: 'Task', Resource: LAMBDA, Next: 'Then' },
    Then: { Type: 'Task', Resource: LAMBDA, End: true },
  };
  const Each = { Type: 'Map', ItemProcessor: { StartAt: 'Call', States }, ...handlers('Z') };
  const sfn = subject({ states: { Each, Z: { Type: 'Pass', End: true } }, task });
  const executionArn = await sfn.start(Array.from({ length: 50 }, (_, index) => index));
  answer.resolve();
  await sfn.service.idle();

  const types = (await sfn.history(executionArn)).map(({ type }) => type);
  const cut = types.slice(types.indexOf('MapIterationFailed') + 1);
  expect(cut.filter((type) => !/^(MapIteration|TaskState)Aborted$/.test(type))).toEqual([
    'MapStateFailed',
    'MapStateExited',
    'PassStateEntered',
    'PassStateExited',
    'ExecutionSucceeded',
  ]);
});
