import { describe, expect, it } from '@jest/globals';
import { LAMBDA, outputOf, subject, UPDATE_ITEM } from './support.ts';

async function evaluate(expression: string, input: unknown = {}): Promise<unknown> {
  const states = { Compute: { Type: 'Pass', Parameters: { 'value.$': expression }, End: true } };
  return (outputOf(await subject({ states }).run(input)) as { value: unknown }).value;
}

describe('intrinsic functions', () => {
  it.each([
    ["States.Format('SHELF#{}', $.id)", 'SHELF#F1'],
    ["States.Format('{} \\{\\} it\\'s {}', $.id, 2)", "F1 {} it's 2"],
    ["States.Format('{}-{}-{}', $.id, true, null)", 'F1-true-null'],
    ['States.Array($.id, 1, null, States.Array())', ['F1', 1, null, []]],
    ['States.StringToJson($.json)', { a: ['"quoted"\n'] }],
    ['States.JsonMerge($.a, $.b, false)', { x: 1, y: 2 }],
    ['States.ArrayContains($.list, 2)', true],
    ['States.ArrayGetItem($.list, 1)', 2],
    ['States.ArrayLength($.list)', 3],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [3]]],
    ['States.ArrayRange(1, 9, 4)', [1, 5, 9]],
    ['States.ArrayUnique(States.Array(1, 2, 1))', [1, 2]],
    ["States.Base64Encode('holidäy')", 'aG9saWTDpHk='],
    ["States.Base64Decode('aG9saWTDpHk=')", 'holidäy'],
    ["States.Hash('a', 'SHA-1')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['States.MathAdd(1, -3)', -2],
    ['States.MathAdd($.up, 1)', 3],
    ['States.MathAdd($.down, 0)', -1],
    ['States.MathAdd($.nearly, 1)', 1],
    ["States.Format('{}', $.a)", '{x=1, y=1}'],
    ["States.Format('{}', States.Array(1, 'b', null, States.Array(true)))", '[1, b, null, [true]]'],
    ['States.StringToJson($.empty)', null],
    ["States.StringSplit('a-b_c', '-_')", ['a', 'b', 'c']],
  ])('%s', async (expression, expected) => {
    const input = {
      up: 1.5,
      down: -1.5,
      nearly: -0.5,
      empty: '',
      id: 'F1',
      json: '{"a":["\\"quoted\\"\\n"]}',
      a: { x: 1, y: 1 },
      b: { y: 2 },
      list: [1, 2, 3],
    };

    expect(await evaluate(expression, input)).toEqual(expected);
  });

  it('keeps quotes, newlines and backslashes of a value', async () => {
    const value = { text: 'a "quoted"\nline with \\ and \'', deep: [{ text: 'C:\\parcels' }] };

    expect(JSON.parse((await evaluate('States.JsonToString($)', value)) as string)).toEqual(value);
    expect(await evaluate("States.Format('<{}>', $.text)", value)).toBe(`<${value.text}>`);
    expect(await evaluate("States.Format('<{}>', States.JsonToString($.deep))", value)).toBe(
      `<${JSON.stringify(value.deep)}>`,
    );
  });

  it('makes a new UUID each time', async () => {
    const [first, second] = [await evaluate('States.UUID()'), await evaluate('States.UUID()')];

    expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(second).not.toBe(first);
  });

  it('builds a DynamoDB string set', async () => {
    const ExpressionAttributeValues = { ':hold': { 'SS.$': 'States.Array($$.Execution.Name)' } };
    const Parameters = { TableName: 'seats', Key: {}, ExpressionAttributeValues };
    const sfn = subject({ states: { ReserveSeat: { Type: 'Task', Resource: UPDATE_ITEM, Parameters, End: true } } });

    await sfn.run({}, 'parcel-1.a');

    expect(sfn.tasks[0]?.input).toEqual({
      ...Parameters,
      ExpressionAttributeValues: { ':hold': { SS: ['parcel-1.a'] } },
    });
  });

  it('fails with a catchable States.IntrinsicFailure on a wrong argument', async () => {
    const states = {
      Compute: {
        Type: 'Task',
        Resource: LAMBDA,
        Parameters: { 'n.$': 'States.MathAdd($.text, 1)' },
        Catch: [{ ErrorEquals: ['States.IntrinsicFailure'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Succeed' },
    };

    const description = await subject({ states }).run({ text: 'one' });

    expect(outputOf(description)).toMatchObject({
      Error: 'States.IntrinsicFailure',
      Cause: expect.stringContaining('"one"'),
    });
  });
});
