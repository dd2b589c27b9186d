import { describe, expect, it } from '@jest/globals';
import { open, refused } from './operations-setup.ts';
import { failure, LAMBDA, ROLE_ARN } from './support.ts';

const JSONATA = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } };

describe('ValidateStateMachineDefinition', () => {
  const validated = (definition: object | string) =>
    open().call('ValidateStateMachineDefinition', {
      definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
    });

  it('takes what AWS takes, and says what is wrong with other definitions', async () => {
    expect(await validated({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } })).toEqual({
      result: 'OK',
      diagnostics: [],
      truncated: false,
    });
    expect(await validated({ StartAt: 'B', States: { A: { Type: 'Pass', End: true } } })).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: expect.stringContaining('B') }],
    });
    expect(await validated('{')).toMatchObject({ result: 'FAIL', diagnostics: [{ code: 'INVALID_JSON_DESCRIPTION' }] });
  });

  it('does not judge what AWS knows and this does not', async () => {
    await expect(validated(JSONATA)).rejects.toEqual(refused('ValidationException'));
  });
});

describe('TestState', () => {
  const task = { Type: 'Task', Resource: LAMBDA, Next: 'Weighed' };
  const tested = (state: object, input: unknown, answer: () => unknown = () => ({}), more: object = {}) =>
    open({ task: answer }).call('TestState', {
      definition: JSON.stringify(state),
      input: JSON.stringify(input),
      roleArn: ROLE_ARN,
      ...more,
    });

  it('runs one state and tells its output and where it leads', async () => {
    expect(await tested({ Type: 'Pass', Parameters: { 'b.$': '$.a' }, Next: 'C' }, { a: 1 })).toEqual({
      status: 'SUCCEEDED',
      output: '{"b":1}',
      nextState: 'C',
    });
    const Choices = [{ Variable: '$.n', NumericGreaterThan: 1, Next: 'Many' }];
    expect(await tested({ Type: 'Choice', Choices, Default: 'One' }, { n: 2 })).toMatchObject({ nextState: 'Many' });
    expect(await tested({ ...task, ResultPath: '$.kg' }, { id: 1 }, () => 7)).toMatchObject({
      output: '{"id":1,"kg":7}',
      nextState: 'Weighed',
    });
  });

  it('tells an error that is retried, caught or neither', async () => {
    const fail = () => Promise.reject(failure('TooHeavy', 'sixty'));
    const Retry = [{ ErrorEquals: ['TooHeavy'] }];
    const Catch = [{ ErrorEquals: ['TooHeavy'], Next: 'Sorry', ResultPath: '$.why' }];
    const told = { error: 'TooHeavy', cause: 'sixty' };

    expect(await tested(task, {}, fail)).toEqual({ status: 'FAILED', ...told });
    expect(await tested({ ...task, Retry, Catch }, {}, fail)).toEqual({ status: 'RETRIABLE', ...told });
    expect(await tested({ ...task, Catch }, { id: 1 }, fail)).toEqual({
      status: 'CAUGHT_ERROR',
      ...told,
      output: '{"id":1,"why":{"Error":"TooHeavy","Cause":"sixty"}}',
      nextState: 'Sorry',
    });
    const never = [{ ErrorEquals: ['TooHeavy'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    expect(await tested({ ...task, Retry: never, Catch }, {}, fail)).toMatchObject({ status: 'CAUGHT_ERROR' });
    expect(await tested({ Type: 'Fail', Error: 'E' }, {})).toEqual({ status: 'FAILED', error: 'E' });
  });

  it('calls as the role that is given', async () => {
    const asked: unknown[] = [];
    const sfn = open({ authorize: (_caller, ...request) => asked.push(request) });

    await sfn.call('TestState', { definition: JSON.stringify(task), roleArn: ROLE_ARN });

    expect(asked).toEqual([
      ['states:TestState', '*'],
      ['iam:PassRole', ROLE_ARN],
    ]);
    expect(sfn.tasks).toHaveLength(1);
  });

  it.each<[string, object, object, string]>([
    ['a Map', { Type: 'Map', End: true }, {}, 'ValidationException'],
    ['mocks', task, { mock: {} }, 'ValidationException'],
    ['a closer look', task, { inspectionLevel: 'DEBUG' }, 'ValidationException'],
    ['a Task without a role', task, { roleArn: undefined }, 'ValidationException'],
    ['a state that is none', { Type: 'Pass', Nxt: 'A' }, {}, 'InvalidDefinition'],
    ['JSONata', { Type: 'Pass', QueryLanguage: 'JSONata', End: true }, {}, 'ValidationException'],
  ])('refuses %s', async (_what, state, more, code) => {
    await expect(tested(state, {}, undefined, more)).rejects.toEqual(refused(code));
  });
});
