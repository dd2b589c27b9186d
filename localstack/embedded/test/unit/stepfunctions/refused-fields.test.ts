import { describe, expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { LAMBDA, subject } from './support.ts';

const graph = { StartAt: 'In', States: { In: { Type: 'Pass', End: true } } };
const one = (state: object) => ({ One: { End: true, ...state } });
const choice = (rule: object) => ({
  Pick: { Type: 'Choice', Choices: [{ ...rule, Next: 'Done' }], Default: 'Done' },
  Done: { Type: 'Succeed' },
});
const late = { Variable: '$.at', TimestampLessThan: '2020' };
const inner = { Variable: '$.a', IsPresent: true, Next: 'Done' };

describe('a definition that AWS refuses', () => {
  it.each<[string, Record<string, object>, string]>([
    [
      'a time limit of a branch',
      one({ Type: 'Parallel', Branches: [{ ...graph, TimeoutSeconds: 5 }] }),
      "a branch has no field 'TimeoutSeconds'; it has Comment, StartAt, States",
    ],
    [
      'a time limit of an item processor',
      one({ Type: 'Map', ItemProcessor: { ...graph, TimeoutSeconds: 5 } }),
      "ItemProcessor has no field 'TimeoutSeconds'",
    ],
    [
      'a version of an iterator',
      one({ Type: 'Map', Iterator: { ...graph, Version: '1.0' } }),
      "Iterator has no field 'V",
    ],
    ['a Parallel without branches', one({ Type: 'Parallel', Branches: [] }), 'Branches names one branch at least'],
    ['a fraction of a second', one({ Type: 'Wait', Seconds: 1.5 }), 'Seconds is a whole number, not 1.5'],
    ['three years', one({ Type: 'Wait', Seconds: 100_000_000 }), 'Seconds is at most 99999999, not 100000000'],
    [
      'a Task for three years',
      one({ Type: 'Task', Resource: LAMBDA, TimeoutSeconds: 100_000_000 }),
      'TimeoutSeconds is at most 99999999',
    ],
    [
      'half an iteration',
      one({ Type: 'Map', ItemProcessor: graph, MaxConcurrency: 1.5 }),
      'MaxConcurrency is a whole number, not 1.5',
    ],
    [
      'a ResultSelector that is no object',
      one({ Type: 'Task', Resource: LAMBDA, ResultSelector: ['a'] }),
      'ResultSelector is an object, not ["a"]',
    ],
    ['a rule about no time', choice(late), 'TimestampLessThan "2020" must be like 2026-11-26T08:00:00Z'],
    ['an inner rule about no time', choice({ Not: late }), 'TimestampLessThan "2020" must be'],
    ['a Next below And', choice({ And: [inner] }), 'a rule below And, Or or Not has no Next'],
    ['a Next below Not', choice({ Not: inner }), 'a rule below And, Or or Not has no Next'],
    [
      'a cause that is no text',
      { One: { Type: 'Fail', CausePath: 'States.MathAdd(1, 2)' } },
      'CausePath takes States.Format, States.JsonToString, States.ArrayGetItem, States.Base64Encode, States.Base64Decode, States.Hash, States.UUID and no other function',
    ],
    [
      'an error that is no text',
      { One: { Type: 'Fail', ErrorPath: 'States.Array(1)' } },
      'ErrorPath takes States.Format',
    ],
  ])('%s', (_, states, message) => {
    const load = () => subject({ states });

    expect(load).toThrow(message);
    expect(load).toThrow(/^state machine 'parcel', state '(One|Pick)': /);
  });

  it.each([
    [{ TimeoutSeconds: 0 }, 'TimeoutSeconds is at least 1, not 0'],
    [{ TimeoutSeconds: 100_000_000 }, 'TimeoutSeconds is at most 99999999, not 100000000'],
    [{ Version: '2.0' }, 'Version is 1.0, not "2.0"'],
  ])('one with %j', (machine, message) => {
    expect(() => subject({ states: one({ Type: 'Pass' }), machine })).toThrow(`state machine 'parcel': ${message}`);
  });
});

it('takes what AWS takes besides', () => {
  const X = { Type: 'Pass', End: true };
  const Iterator = { StartAt: 'X', States: { X }, Comment: 'c', ProcessorConfig: { Mode: 'INLINE' } };
  const states = {
    Both: { Type: 'Parallel', Branches: [{ ...graph, Comment: 'c' }], Parameters: 'text', Next: 'Each' },
    Each: { Type: 'Map', Iterator, Next: 'Pause' },
    Pause: { Type: 'Wait', Seconds: 99_999_999, Next: 'No' },
    No: { Type: 'Fail', ErrorPath: 'States.UUID()', CausePath: "States.Format('{}', $.a)" },
  };

  expect(() => subject({ states, machine: { Version: '1.0', TimeoutSeconds: 99_999_999 } })).not.toThrow();
});

it.each([
  [1.5, 'The SecondsPath parameter cannot be parsed as a long value: $.seconds == 1.5'],
  [-1, 'The SecondsPath parameter references a negative value: $.seconds == -1'],
  [2_147_483_648, 'Wait state delay is too long.'],
])('a Wait of %d seconds by its input fails with States.Runtime', async (seconds, cause) => {
  const states = one({ Type: 'Wait', SecondsPath: '$.seconds' });

  expect(await subject({ states }).run({ seconds })).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringContaining(cause),
  });
});

it.each([
  [24_855, 'RUNNING'],
  [24_856, 'FAILED'],
])('a Wait until in %d days is %s', async (days, status) => {
  const ports = createVirtualTime();
  const at = new Date(ports.clock.now() + days * 86_400_000).toISOString();
  const sfn = subject({ states: one({ Type: 'Wait', TimestampPath: '$.at' }), ports });
  const executionArn = await sfn.start({ at });
  await ports.advance(1_000);

  expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({ status });
});
