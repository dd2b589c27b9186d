import { expect, it } from '@jest/globals';
import { open } from './operations-setup.ts';
import { LAMBDA, subject } from './support.ts';

const machine = (handlers: object) => ({
  Call: { Type: 'Task', Resource: LAMBDA, End: true, ...handlers },
  Sorry: { Type: 'Pass', End: true },
});
const retry = (fields: object) => ({ Retry: [{ ErrorEquals: ['Odd'], ...fields }] });
const caught = (fields: object) => ({ Catch: [{ ErrorEquals: ['Odd'], Next: 'Sorry', ...fields }] });
const load = (handlers: object) => () => subject({ states: machine(handlers) });

it.each([
  [retry({ MaxAttempt: 1 }), "Retry has no field 'MaxAttempt'; it has ErrorEquals, "],
  [retry({ JitterStrategy: 'SOME' }), 'JitterStrategy of Retry is FULL or NONE, not "SOME"'],
  [retry({ MaxDelaySeconds: 0 }), 'MaxDelaySeconds of Retry is at least 1, not 0'],
  [retry({ MaxDelaySeconds: 31_622_401 }), 'MaxDelaySeconds of Retry is at most 31622400, not 31622401'],
  [retry({ MaxDelaySeconds: '10' }), 'MaxDelaySeconds of Retry is a whole number, not "10"'],
  [retry({ MaxAttempts: 1.5 }), 'MaxAttempts of Retry is a whole number, not 1.5'],
  [retry({ MaxAttempts: 100_000_000 }), 'MaxAttempts of Retry is at most 99999999, not 100000000'],
  [retry({ IntervalSeconds: 1.5 }), 'IntervalSeconds of Retry is a whole number, not 1.5'],
  [retry({ IntervalSeconds: 100_000_000 }), 'IntervalSeconds of Retry is at most 99999999'],
  [retry({ ErrorEquals: [] }), 'ErrorEquals of Retry names one error at least'],
  [caught({ ErrorEquals: [] }), 'ErrorEquals of Catch names one error at least'],
  [caught({ MaxAttempts: 1 }), "Catch has no field 'MaxAttempts'"],
  [caught({ Assign: { a: 1 } }), 'Assign of Catch is not supported by the local cloud. Leave it out.'],
])('a machine with %j is refused', (handlers, message) => {
  expect(load(handlers)).toThrow(`state machine 'parcel', state 'Call': ${message}`);
});

it('takes every field of a Retry and a Catch at its bounds', () => {
  const Retry = {
    Comment: 'c',
    IntervalSeconds: 99_999_999,
    MaxAttempts: 0,
    BackoffRate: 1,
    MaxDelaySeconds: 31_622_400,
  };

  expect(
    load({ ...retry({ ...Retry, JitterStrategy: 'NONE' }), ...caught({ Comment: 'c', ResultPath: null }) }),
  ).not.toThrow();
});

it('ValidateStateMachineDefinition tells them, too', async () => {
  const definition = JSON.stringify({ StartAt: 'Call', States: machine(retry({ MaxAttempt: 1 })) });

  expect(await open().call('ValidateStateMachineDefinition', { definition })).toMatchObject({
    result: 'FAIL',
    diagnostics: [{ code: 'SCHEMA_VALIDATION_FAILED', message: expect.stringContaining("'MaxAttempt'") }],
  });
});
