import { expect, it } from '@jest/globals';
import { outputOf, subject } from './support.ts';

const run = (state: object, input: unknown = {}) => subject({ states: { One: state } }).run(input);
const compute = (expression: string, input?: unknown) =>
  run({ Type: 'Pass', Parameters: { 'value.$': expression }, End: true }, input);

it('gives the same random number for a seed each time, and others for other seeds', async () => {
  const draw = async (seed: number) => outputOf(await compute(`States.MathRandom(1, 1000000, ${seed})`));
  const first = (await draw(7)) as { value: number };

  expect(await draw(7)).toEqual(first);
  expect(await draw(8)).not.toEqual(first);
  expect(first.value).toBeGreaterThanOrEqual(1);
  expect(first.value).toBeLessThan(1_000_000);
  expect(await compute("States.MathRandom(1, 10, 'seven')")).toMatchObject({ error: 'States.IntrinsicFailure' });
});

it.each([
  ['CausePath', { CausePath: '$.at' }, { at: { a: 1 } }, '{"a":1}'],
  ['ErrorPath', { ErrorPath: '$.at' }, { at: 404 }, '404'],
  ['CausePath', { CausePath: 'States.ArrayGetItem(States.Array(3), 0)' }, {}, '3'],
])('a Fail whose %s is no string fails with States.Runtime', async (field, path, input, value) => {
  const { status, error, cause } = await run({ Type: 'Fail', ...path }, input);

  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Runtime' });
  expect(cause).toContain(`The ${field} parameter does not reference a string: ${value}`);
});

it.each([
  ['2020-01-01', '2020-01-01'],
  ['2020-01-01T00:00:00', '2020-01-01T00:00:00'],
  [2020, '2020'],
])('a Wait until %j fails with States.Runtime', async (at, shown) => {
  expect(await run({ Type: 'Wait', TimestampPath: '$.at', End: true }, { at })).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringContaining(
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${shown}`,
    ),
  });
});

it.each(['States.Base64Encode($.text)', 'States.Base64Decode($.text)', "States.Hash($.text, 'MD5')"])(
  '%s takes 10,000 characters and no more',
  async (expression) => {
    expect(await compute(expression, { text: 'a'.repeat(10_000) })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await compute(expression, { text: 'a'.repeat(10_001) })).toMatchObject({
      error: 'States.IntrinsicFailure',
      cause: expect.stringContaining('10000 characters'),
    });
  },
);
