import { describe, expect, it } from '@jest/globals';
import { outputOf, subject } from './support.ts';

async function chosen(rule: object, input: unknown): Promise<boolean> {
  const states = {
    Route: { Type: 'Choice', Choices: [{ ...rule, Next: 'Matched' }], Default: "Sorry, We Couldn't make the parcel" },
    Matched: { Type: 'Pass', Result: true, Next: 'We have made your parcel!' },
    "Sorry, We Couldn't make the parcel": { Type: 'Pass', Result: false, End: true },
    'We have made your parcel!': { Type: 'Succeed' },
  };
  return outputOf(await subject({ states }).run(input)) as boolean;
}

describe('a Choice rule', () => {
  it.each([
    [{ Variable: '$.a', IsPresent: true }, true],
    [{ Variable: '$.missing', IsPresent: true }, false],
    [{ Variable: '$.missing', IsPresent: false }, true],
    [{ Variable: '$.a', IsPresent: false }, false],
    [{ Variable: '$.missing.deeper', IsPresent: true }, false],
    [{ Variable: '$.nothing', IsNull: true }, true],
    [{ Variable: '$.a', IsNull: false }, true],
    [{ Variable: '$.empty', IsString: true }, true],
    [{ Variable: '$.zero', IsNumeric: true }, true],
    [{ Variable: '$.no', IsBoolean: true }, true],
    [{ Variable: '$.no', BooleanEquals: false }, true],
    [{ Variable: '$.zero', NumericEquals: 0 }, true],
    [{ Variable: '$.empty', StringEquals: '' }, true],
    [{ Variable: '$.five', NumericLessThan: 10 }, false],
    [{ Variable: '$.zero', NumericLessThan: 10 }, true],
    [{ Variable: '$.zero', StringLessThan: 'a' }, false],
    [{ Variable: '$.a', StringMatches: 'can*' }, true],
    [{ Variable: '$.a', StringMatches: 'can?el' }, false],
    [{ Variable: '$.question', StringMatches: 'wh?t [*' }, true],
    [{ Variable: '$.star', StringMatches: 'a\\*c' }, true],
    [{ Variable: '$.a', StringMatches: 'a\\*c' }, false],
    [{ Variable: '$.zero', StringMatches: '*' }, false],
    [{ Variable: '$', IsNull: false }, true],
    [{ Variable: '$.zero', NumericGreaterThanEquals: 0 }, true],
    [{ Variable: '$.zero', NumericGreaterThan: 0 }, false],
    [{ Variable: '$.at', TimestampEquals: '2021-07-10T08:00:00+02:00' }, true],
    [{ Variable: '$.a', TimestampLessThan: '2022-01-01T00:00:00Z' }, false],
    [{ Variable: '$.a', StringEqualsPath: '$.a' }, true],
    [{ Variable: '$.at', TimestampLessThan: '2022-01-01T00:00:00Z' }, true],
    [{ Variable: "$['odd key']", StringEquals: 'x' }, true],
    [{ Variable: '$.dash-ed', StringEquals: 'y' }, true],
    [{ Variable: '$.list[1]', NumericEquals: 2 }, true],
    [{ Not: { Variable: '$.a', StringEquals: 'cancel' } }, false],
    [
      {
        And: [
          { Variable: '$.missing', IsPresent: true },
          { Variable: '$.missing', StringEquals: 'x' },
        ],
      },
      false,
    ],
    [
      {
        Or: [
          { Variable: '$.missing', IsPresent: false },
          { Variable: '$.missing', StringEquals: 'x' },
        ],
      },
      true,
    ],
  ])('%j: %s', async (rule, expected) => {
    const input = {
      a: 'cancel',
      nothing: null,
      empty: '',
      zero: 0,
      no: false,
      five: '5',
      at: '2021-07-10T06:00:00.000Z',
      'odd key': 'x',
      'dash-ed': 'y',
      question: 'wh?t [ever',
      star: 'a*c',
      list: [1, 2],
    };

    expect(await chosen(rule, input)).toBe(expected);
  });

  it('that compares a missing field fails the execution with States.Runtime', async () => {
    const states = {
      Route: { Type: 'Choice', Choices: [{ Variable: '$.a', StringEquals: 'x', Next: 'End' }], Default: 'End' },
      End: { Type: 'Succeed' },
    };

    const { status, error, cause } = await subject({ states }).run({});

    expect([status, error]).toEqual(['FAILED', 'States.Runtime']);
    expect(cause).toMatch(
      /^An error occurred while executing the state 'Route' \(entered at the event id #2\)\. .*\$\.a/,
    );
  });

  it('that compares with a path of another type fails the execution with States.Runtime', async () => {
    const Choices = [{ Variable: '$.a', StringEqualsPath: '$.zero', Next: 'End' }];
    const states = { Route: { Type: 'Choice', Choices, Default: 'End' }, End: { Type: 'Succeed' } };

    const { status, cause } = await subject({ states }).run({ a: 'x', zero: 0 });

    expect([status, cause]).toEqual([
      'FAILED',
      expect.stringContaining("'$.zero' evaluated to 0, but expected a string"),
    ]);
  });

  it('without a match and without Default fails with States.NoChoiceMatched', async () => {
    const states = {
      Route: { Type: 'Choice', Choices: [{ Variable: '$.a', StringEquals: 'x', Next: 'End' }] },
      End: { Type: 'Succeed' },
    };

    expect(await subject({ states }).run({ a: 'y' })).toMatchObject({
      status: 'FAILED',
      error: 'States.NoChoiceMatched',
    });
  });
});
