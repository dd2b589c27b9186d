import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/types.ts';
import { failure, hanging, LAMBDA, MACHINE_ARN, ROLE_ARN, type Setup, type Subject, subject } from './support.ts';

const opened: Subject[] = [];
const states = { Reserve: { Type: 'Task', Resource: LAMBDA, TimeoutSeconds: 600, End: true } };
const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:trip:';

function open(setup: Partial<Setup> = {}): Subject {
  const sfn = subject({ states, ...setup });
  opened.push(sfn);
  return sfn;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ service }) => service.close()));
});

const refused = (code: string) => expect.objectContaining({ name: 'AwsError', code });

describe('StartExecution', () => {
  it('answers the ARN and the start in epoch seconds', async () => {
    const before = Date.now();
    const answer = await open().call('StartExecution', { stateMachineArn: MACHINE_ARN, name: 'trip-1.a' });

    expect(answer).toEqual({ executionArn: `${EXECUTION}trip-1.a`, startDate: expect.any(Number) });
    expect((answer.startDate as number) * 1000).toBeGreaterThanOrEqual(before);
    expect((answer.startDate as number) * 1000).toBeLessThanOrEqual(Date.now());
  });

  it('makes up a name and takes {} as input where none is given', async () => {
    const sfn = open();
    const { executionArn } = await sfn.call('StartExecution', { stateMachineArn: MACHINE_ARN });

    expect(executionArn).toMatch(/:[\da-f-]{36}$/);
    expect((await sfn.call('DescribeExecution', { executionArn })).input).toBe('{}');
  });

  it.each([[''], ['a b'], ['a/b'], ['a:b'], ['a?'], ['a\u0007'], ['{a}'], ['x'.repeat(81)], ["it's#"]])(
    'refuses the name %j',
    async (name) => {
      await expect(open().start({}, name)).rejects.toEqual(refused('InvalidName'));
    },
  );

  it.each([["it's-fine_(1).a!=@+"], ['x'.repeat(80)], ['Größe']])('takes the name %j', async (name) => {
    expect(await open().start({}, name)).toBe(EXECUTION + name);
  });

  it('answers a repeated start of a running execution with the same input, and starts nothing', async () => {
    const { task, called } = hanging();
    const sfn = open({ task });
    const request = { stateMachineArn: MACHINE_ARN, name: 'a', input: '{"a":1}' };
    const first = await sfn.call('StartExecution', request);
    await called;

    expect(await sfn.call('StartExecution', request)).toEqual(first);
    expect(sfn.tasks).toHaveLength(1);
    await expect(sfn.call('StartExecution', { ...request, input: '{"a":2}' })).rejects.toEqual(
      refused('ExecutionAlreadyExists'),
    );
  });

  it('refuses the name of an ended execution, same input or not', async () => {
    const sfn = open();
    await sfn.run({}, 'a');

    await expect(sfn.start({}, 'a')).rejects.toEqual(refused('ExecutionAlreadyExists'));
  });

  it.each([
    ['no JSON', '{', 'InvalidExecutionInput'],
    ['more than 256 KiB of UTF-8', JSON.stringify('ü'.repeat(140 * 1024)), 'InvalidExecutionInput'],
  ])('refuses input that is %s', async (_, input, code) => {
    await expect(open().call('StartExecution', { stateMachineArn: MACHINE_ARN, input })).rejects.toEqual(refused(code));
  });

  it.each([
    ['nonsense', 'InvalidArn'],
    [`${EXECUTION}a`, 'InvalidArn'],
    [`${MACHINE_ARN}2`, 'StateMachineDoesNotExist'],
  ])('refuses the machine %s', async (stateMachineArn, code) => {
    await expect(open().call('StartExecution', { stateMachineArn })).rejects.toEqual(refused(code));
  });
});

describe('DescribeExecution', () => {
  it('tells all of a running, a succeeded and a failed execution', async () => {
    const { task, called } = hanging();
    const sfn = open({
      task: (each) => {
        if (each.stateName && (each.input as { end?: string }).end === 'well') return { done: true };
        return (each.input as { end?: string }).end === 'badly' ? Promise.reject(failure('Oops', 'why')) : task(each);
      },
    });
    const running = await sfn.start({});
    await called;
    const describe = async (executionArn: string) => sfn.call('DescribeExecution', { executionArn });
    const common = { stateMachineArn: MACHINE_ARN, redriveCount: 0, inputDetails: { included: true } };

    expect(await describe(running)).toEqual({
      ...common,
      executionArn: running,
      name: running.slice(EXECUTION.length),
      status: 'RUNNING',
      startDate: expect.any(Number),
      input: '{}',
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
    const [well, badly] = [await sfn.start({ end: 'well' }), await sfn.start({ end: 'badly' })];
    await sfn.call('StopExecution', { executionArn: running });
    await sfn.service.idle();
    expect(await describe(well)).toMatchObject({
      ...common,
      status: 'SUCCEEDED',
      output: '{"done":true}',
      stopDate: expect.any(Number),
    });
    expect(await describe(badly)).toMatchObject({
      ...common,
      status: 'FAILED',
      error: 'Oops',
      cause: 'why',
      redriveStatus: 'REDRIVABLE',
    });
  });

  it('knows no execution that was never started', async () => {
    await expect(open().call('DescribeExecution', { executionArn: `${EXECUTION}x` })).rejects.toEqual(
      refused('ExecutionDoesNotExist'),
    );
  });
});

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

  it('given executions of former processes, refuses their names and describes those that it can', async () => {
    const executionArn = `${EXECUTION}a`;
    const change = {
      ...{ executionArn, stateMachineArn: MACHINE_ARN, name: 'a', status: 'ABORTED' as const, input: '{"a":1}' },
      ...{ startDate: 1000, stopDate: 2000, output: null, error: null, cause: 'stopped' },
    };
    const sfn = open({ former: { taken: [executionArn, `${EXECUTION}old`], described: [change] } });

    for (const name of ['a', 'old']) {
      await expect(sfn.start({ a: 1 }, name)).rejects.toEqual(refused('ExecutionAlreadyExists'));
    }
    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({
      ...{ executionArn, status: 'ABORTED', startDate: 1, stopDate: 2, input: '{"a":1}', cause: 'stopped' },
    });
    expect(await sfn.call('StopExecution', { executionArn })).toEqual({ stopDate: 2 });
    await expect(sfn.history(executionArn)).rejects.toThrow('its history ended with a former process');
    await expect(sfn.call('DescribeExecution', { executionArn: `${EXECUTION}old` })).rejects.toEqual(
      refused('ExecutionDoesNotExist'),
    );
    await sfn.run({}, 'b');
    const { executions } = await sfn.call('ListExecutions', { stateMachineArn: MACHINE_ARN });
    expect((executions as { name: string }[]).map(({ name }) => name)).toEqual(['b', 'a']);
  });
});

describe('the state machine', () => {
  it('is listed and described, also for an execution', async () => {
    const sfn = open();
    const { executionArn } = await sfn.run();
    const known = { stateMachineArn: MACHINE_ARN, name: 'trip' };

    expect(await sfn.call('ListStateMachines')).toEqual({
      stateMachines: [{ ...known, type: 'STANDARD', creationDate: expect.any(Number) }],
    });
    const description = await sfn.call('DescribeStateMachine', { stateMachineArn: MACHINE_ARN });
    expect(description).toMatchObject({ ...known, status: 'ACTIVE', type: 'STANDARD', roleArn: ROLE_ARN });
    expect(JSON.parse(description.definition as string)).toEqual({ StartAt: 'Reserve', States: states });
    expect(await sfn.call('DescribeStateMachineForExecution', { executionArn })).toMatchObject({
      ...known,
      roleArn: ROLE_ARN,
    });
    expect(await sfn.call('ListTagsForResource', { resourceArn: MACHINE_ARN })).toEqual({ tags: [] });
  });
});

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
          name: 'trip',
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

it('an unknown operation is refused by name', async () => {
  await expect(open().call('CreateActivity')).rejects.toEqual(refused('UnknownOperationException'));
});
