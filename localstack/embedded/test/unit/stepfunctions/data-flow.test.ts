import { describe, expect, it } from '@jest/globals';
import { LAMBDA, outputOf, subject } from './support.ts';

const task = (rest: object) => ({ Reserve: { Type: 'Task', Resource: LAMBDA, End: true, ...rest } });
const input = { parcel: { id: 't' }, zero: 0 };

describe('data between states', () => {
  it.each([
    ['no paths', {}, { ok: true }],
    ['ResultPath null', { ResultPath: null }, input],
    ['ResultPath $', { ResultPath: '$' }, { ok: true }],
    ['a deep ResultPath', { ResultPath: '$.parcel.result' }, { parcel: { id: 't', result: { ok: true } }, zero: 0 }],
    [
      'ResultSelector',
      { ResultSelector: { 'fine.$': '$.ok', 'state.$': '$$.State.Name' } },
      { fine: true, state: 'Reserve' },
    ],
    ['OutputPath', { ResultPath: '$.r', OutputPath: '$.r.ok' }, true],
    ['OutputPath null', { OutputPath: null }, {}],
  ])('with %s', async (_, rest, expected) => {
    expect(outputOf(await subject({ states: task(rest), task: () => ({ ok: true }) }).run(input))).toEqual(expected);
  });

  it.each([
    ['the whole input', {}, input],
    ['InputPath', { InputPath: '$.parcel' }, { id: 't' }],
    ['InputPath null', { InputPath: null }, {}],
    ['a falsy InputPath target', { InputPath: '$.zero' }, 0],
    [
      'Parameters below InputPath',
      { InputPath: '$.parcel', Parameters: { 'a.$': '$.id', list: [{ 'b.$': '$' }], fixed: null } },
      { a: 't', list: [{ b: { id: 't' } }], fixed: null },
    ],
  ])('%s reaches the task', async (_, rest, expected) => {
    const sfn = subject({ states: task(rest) });

    await sfn.run(input);

    expect(sfn.tasks[0]?.input).toEqual(expected);
  });

  it.each([[0], [false], [''], [null], [[]]])('a falsy Pass result %j is kept', async (Result) => {
    expect(outputOf(await subject({ states: { P: { Type: 'Pass', Result, End: true } } }).run(input))).toEqual(Result);
  });

  it('a result without prototype, with a Date or with undefined, is what its JSON says', async () => {
    const result = Object.assign(Object.create(null), { n: { N: '1' }, at: new Date(0), gone: undefined });
    const states = {
      Read: { Type: 'Task', Resource: LAMBDA, ResultPath: '$.r', Next: 'Go on' },
      'Go on': { Type: 'Wait', Seconds: 0, OutputPath: '$.r', End: true },
    };

    const output = outputOf(await subject({ states, task: () => result }).run(input));

    expect(output).toEqual({ n: { N: '1' }, at: '1970-01-01T00:00:00.000Z' });
  });

  it('loops through a state as often as the Choice says', async () => {
    const states = {
      Count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'Enough' },
      Enough: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: 5, Next: 'Count' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    };

    expect(outputOf(await subject({ states }).run({ n: 0 }))).toEqual({ n: 5 });
  });

  it('one execution does not see the data of another', async () => {
    const sfn = subject({
      states: task({ ResultPath: '$.me', Parameters: { 'me.$': '$$.Execution.Name' } }),
      task: ({ input: me }) => me,
    });
    const names = Array.from({ length: 50 }, (_, index) => `parcel-${index}`);

    const arns = await Promise.all(names.map((name) => sfn.start({ name }, name)));
    await sfn.service.idle();

    const outputs = await Promise.all(
      arns.map(async (executionArn) => outputOf(await sfn.call('DescribeExecution', { executionArn }))),
    );
    expect(outputs).toEqual(names.map((name) => ({ name, me: { me: name } })));
  });
});
