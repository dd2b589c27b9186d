import { describe, expect, it } from '@jest/globals';
import { EXECUTION, open, refused, states } from './operations-setup.ts';
import { failure, hanging, MACHINE_ARN, ROLE_ARN } from './support.ts';

describe('StartExecution', () => {
  it('answers the ARN and the start in epoch seconds', async () => {
    const before = Date.now();
    const answer = await open().call('StartExecution', { stateMachineArn: MACHINE_ARN, name: 'parcel-1.a' });

    expect(answer).toEqual({ executionArn: `${EXECUTION}parcel-1.a`, startDate: expect.any(Number) });
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

describe('the state machine', () => {
  it('is listed and described, also for an execution', async () => {
    const sfn = open();
    const { executionArn } = await sfn.run();
    const known = { stateMachineArn: MACHINE_ARN, name: 'parcel' };

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

it('an unknown operation is refused by name', async () => {
  await expect(open().call('CreateActivity')).rejects.toEqual(refused('UnknownOperationException'));
});
