import { describe, expect, it } from '@jest/globals';
import { LAMBDA, MACHINE_ARN, outputOf, ROLE_ARN, subject } from './support.ts';

const echo = { task: ({ input }: { input: unknown }) => input };

describe('the context object', () => {
  it('fills execution, state and machine in Parameters', async () => {
    const Parameters = { 'context.$': '$$', 'name.$': '$$.Execution.Name', 'city.$': '$$.Execution.Input.city' };
    const sfn = subject({ states: { Reserve: { Type: 'Task', Resource: LAMBDA, Parameters, End: true } }, ...echo });

    const description = await sfn.run({ city: 'Dublin' }, 'parcel-1.a');

    const { context, name, city } = outputOf(description) as Record<string, Record<string, Record<string, unknown>>>;
    expect([name, city]).toEqual(['parcel-1.a', 'Dublin']);
    expect(context).toEqual({
      Execution: {
        Id: description.executionArn,
        Input: { city: 'Dublin' },
        Name: 'parcel-1.a',
        RoleArn: ROLE_ARN,
        StartTime: new Date((description.startDate as number) * 1000).toISOString(),
      },
      State: { Name: 'Reserve', EnteredTime: expect.stringMatching(/^\d{4}-.*Z$/), RetryCount: 0 },
      StateMachine: { Id: MACHINE_ARN, Name: 'parcel' },
    });
  });

  it('counts the retries of the state it is in', async () => {
    const states = {
      First: {
        Type: 'Task',
        Resource: LAMBDA,
        Retry: [{ ErrorEquals: ['Flaky'] }],
        Next: 'Second',
        Parameters: { 'n.$': '$$.State.RetryCount' },
      },
      Second: { Type: 'Task', Resource: LAMBDA, Parameters: { 'n.$': '$$.State.RetryCount' }, End: true },
    };
    const sfn = subject({
      states,
      task: ({ stateName }, attempt) => {
        if (stateName === 'First' && attempt < 3) throw Object.assign(new Error('again'), { name: 'Flaky' });
        return {};
      },
    });

    await sfn.run();

    expect(sfn.tasks.map(({ stateName, input }) => [stateName, input])).toEqual([
      ['First', { n: 0 }],
      ['First', { n: 1 }],
      ['First', { n: 2 }],
      ['Second', { n: 0 }],
    ]);
  });

  it('is compared in a Choice, also by state name and start time', async () => {
    const choose = (Variable: string, test: object) => ({
      Type: 'Choice',
      Choices: [{ Variable, ...test, Next: 'Yes' }],
      Default: 'No',
    });
    const ends = { Yes: { Type: 'Succeed' }, No: { Type: 'Fail', Error: 'No' } };
    const byName = subject({
      states: { Route: choose('$.execution_id', { StringEqualsPath: '$$.Execution.Name' }), ...ends },
    });
    const byState = subject({ states: { Route: choose('$$.State.Name', { StringEquals: 'Route' }), ...ends } });
    const states = {
      Note: { Type: 'Pass', Parameters: { 'at.$': '$$.Execution.StartTime' }, Next: 'Route' },
      Route: choose('$.at', { StringEqualsPath: '$$.Execution.StartTime' }),
      ...ends,
    };
    const byTime = subject({ states });

    expect((await byName.run({ execution_id: 'mine' }, 'mine')).status).toBe('SUCCEEDED');
    expect((await byName.run({ execution_id: 'another' })).status).toBe('FAILED');
    expect((await byState.run()).status).toBe('SUCCEEDED');
    expect((await byTime.run()).status).toBe('SUCCEEDED');
  });
});
