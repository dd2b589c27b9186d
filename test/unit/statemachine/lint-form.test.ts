import { describe, expect, it } from '@jest/globals';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { lintForm } from '../../../statemachine/tools/lint-form.ts';
import type { Mutable } from './leg-problems.ts';

const set = (part: Mutable, fields: object): void => {
  Object.assign(part, fields);
};

it('finds no problem in the saga', () => {
  expect(lintForm(readSaga())).toEqual([]);
});

describe('names the state that has not the form of its type', () => {
  it.each<[string, (machine: Mutable) => void]>([
    ['StartAt is "Nowhere", which is no state', (machine) => Object.assign(machine, { StartAt: 'Nowhere' })],
    ['ReserveRental: has no Type', ({ States }) => delete States.ReserveRental.Type],
    [
      'ReserveRental: its Type is "Pass": it should be one of Task, Choice, Succeed, Fail',
      ({ States }) => Object.assign(States.ReserveRental, { Type: 'Pass' }),
    ],
    ['PeelBack: has no Choices', ({ States }) => Object.assign(States.PeelBack, { Choices: [] })],
    ['PeelBack: choice 6 has no Next', ({ States }) => delete States.PeelBack.Choices[5].Next],
    ['PeelBack: has no Default', ({ States }) => delete States.PeelBack.Default],
    ['ReserveRental: its Catch is no list', ({ States }) => Object.assign(States.ReserveRental, { Catch: {} })],
    ['ReserveRental: Catch 1 has no Next', ({ States }) => delete States.ReserveRental.Catch[0].Next],
    [
      'ReserveRental: Catch 1 has no ErrorEquals, a list of the errors that it is for',
      ({ States }) => delete States.ReserveRental.Catch[0].ErrorEquals,
    ],
    [
      'ReserveRental: Retry 2 has no ErrorEquals, a list of the errors that it is for',
      ({ States }) => Object.assign(States.ReserveRental.Retry[1], { ErrorEquals: [] }),
    ],
    ['PeelBack: choice 2 is null: it should be an object', ({ States }) => States.PeelBack.Choices.splice(1, 1, null)],
    [
      'ReserveRental: Retry 1 is "x": it should be an object',
      ({ States }) => States.ReserveRental.Retry.splice(0, 1, 'x'),
    ],
    [
      'ReserveRental: its Resource is 1: it should be a text',
      ({ States }) => set(States.ReserveRental, { Resource: 1 }),
    ],
    ['ReserveRental: its Next is {}: it should be a text', ({ States }) => set(States.ReserveRental, { Next: {} })],
    [
      'ReserveRental: its TimeoutSeconds is "15": it should be a number',
      ({ States }) => set(States.ReserveRental, { TimeoutSeconds: '15' }),
    ],
    ['CompensationIncomplete: has no Error', ({ States }) => delete States.CompensationIncomplete.Error],
    ['RejectInput: has no Cause', ({ States }) => set(States.RejectInput, { Cause: '' })],
    ['ReserveRental: is []: it should be an object', ({ States }) => set(States, { ReserveRental: [] })],
  ])('%s', (problem, mutate) => {
    const machine: Mutable = structuredClone(readSaga());
    mutate(machine);
    expect(lintForm(machine)).toEqual([problem]);
  });
});

describe('names the field that stands where it has no meaning, or another one than meant', () => {
  const ofRetry = 'ErrorEquals, IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds, JitterStrategy';

  it.each<[string, (machine: Mutable) => void]>([
    [
      'has QueryLanguage: it should have StartAt, TimeoutSeconds, States and a Comment alone',
      (machine) => set(machine, { QueryLanguage: 'JSONPath' }),
    ],
    [
      'PeelBack: has OutputPath: as a Choice it should have Type, Choices, Default and a Comment alone',
      ({ States }) => set(States.PeelBack, { OutputPath: '$' }),
    ],
    [
      'We have cancelled your booking: has OutputPath: as a Succeed it should have Type and a Comment alone',
      ({ States }) => set(States['We have cancelled your booking'], { OutputPath: '$' }),
    ],
    [
      'TakePayment: has Resource, TimeoutSeconds, ResultPath, Retry, Catch, Next: as a Succeed it should have Type and a Comment alone',
      ({ States }) => set(States.TakePayment, { Type: 'Succeed' }),
    ],
    [
      'RejectInput: has CausePath: as a Fail it should have Type, Error, Cause and a Comment alone',
      ({ States }) => set(States.RejectInput, { CausePath: '$' }),
    ],
    [
      'ReserveRental: Catch 1 has Output: it should have ErrorEquals, ResultPath, Next and a Comment alone',
      ({ States }) => set(States.ReserveRental.Catch[0], { Output: {} }),
    ],
    [
      `CancelBooking: Retry 1 has MaxAttemps: it should have ${ofRetry} and a Comment alone`,
      ({ States }) => set(States.CancelBooking.Retry[0], { MaxAttemps: 3 }),
    ],
  ])('%s', (problem, mutate) => {
    const machine: Mutable = structuredClone(readSaga());
    mutate(machine);
    expect(lintForm(machine)).toEqual([problem]);
  });
});

describe('names the choice that asks for nothing, or for something unknown', () => {
  const known = 'Variable with one of IsPresent, IsString, StringEquals, StringEqualsPath, BooleanEquals';
  const first = (test: unknown) => (machine: Mutable) => machine.States.FinalOutcome.Choices[0].And.splice(0, 1, test);

  it.each<[string, (machine: Mutable) => void]>([
    [
      'FinalOutcome: choice 1 has Assign: it should have a test, Next and a Comment alone',
      ({ States }) => set(States.FinalOutcome.Choices[0], { Assign: {} }),
    ],
    [
      `FinalOutcome: choice 1 has the test {}: it should be And, Or, Not, or ${known}`,
      ({ States }) => delete States.FinalOutcome.Choices[0].And,
    ],
    [`FinalOutcome: choice 1 has the test null: it should be And, Or, Not, or ${known}`, first(null)],
    [
      `FinalOutcome: choice 1 has the test {"Variable":"$.action","IsPresnt":true}: it should be And, Or, Not, or ${known}`,
      first({ Variable: '$.action', IsPresnt: true }),
    ],
    [
      `FinalOutcome: choice 1 has the test {"Variable":"$.action","IsPresent":true,"IsString":true}: it should be And, Or, Not, or ${known}`,
      first({ Variable: '$.action', IsPresent: true, IsString: true }),
    ],
    [
      'FinalOutcome: choice 1 has the test {"Variable":"$.action","IsPresent":"yes"}: IsPresent should be true or false',
      first({ Variable: '$.action', IsPresent: 'yes' }),
    ],
    [
      'FinalOutcome: choice 1 has the test {"Variable":"$.action","StringEquals":1}: StringEquals should be a text',
      first({ Variable: '$.action', StringEquals: 1 }),
    ],
    [
      'FinalOutcome: choice 1 has the test {"Variable":"action","IsPresent":true}: Variable should be a path as $.trip_id or $$.Execution.Name',
      first({ Variable: 'action', IsPresent: true }),
    ],
    [
      'FinalOutcome: choice 1 has the test {"Variable":"$.action","StringEqualsPath":"trip_id"}: StringEqualsPath should be a path as $.trip_id or $$.Execution.Name',
      first({ Variable: '$.action', StringEqualsPath: 'trip_id' }),
    ],
    ['FinalOutcome: choice 1 has the test {"Or":[]}: Or should be a list of tests', first({ Or: [] })],
    [
      `FinalOutcome: choice 1 has the test {"Variable":"$.action"}: it should be And, Or, Not, or ${known}`,
      first({ Not: { Variable: '$.action' } }),
    ],
    [
      `FinalOutcome: choice 1 has {"Variable":"$.action","IsPresent":true} twice in its And`,
      ({ States }) => States.FinalOutcome.Choices[0].And.push({ Variable: '$.action', IsPresent: true }),
    ],
    [
      'RouteAction: choice 2 is the same as choice 1: one of them should be left out',
      ({ States }) => States.RouteAction.Choices.splice(0, 0, { ...States.RouteAction.Choices[0], Comment: 'Again' }),
    ],
  ])('%s', (problem, mutate) => {
    const machine: Mutable = structuredClone(readSaga());
    mutate(machine);
    expect(lintForm(machine)).toEqual([problem]);
  });
});

describe('says what a document is that is no state machine', () => {
  it.each<[string, unknown]>([
    ['is null: it should be an object with StartAt, TimeoutSeconds, States', null],
    ['is []: it should be an object with StartAt, TimeoutSeconds, States', []],
    ['has no States: an object with each state under its name', { StartAt: 'A', TimeoutSeconds: 1 }],
    ['has no States: an object with each state under its name', { StartAt: 'A', TimeoutSeconds: 1, States: [] }],
    ['has no States: an object with each state under its name', { StartAt: 'A', TimeoutSeconds: 1, States: null }],
    ['StartAt is missing', { TimeoutSeconds: 1, States: {} }],
  ])('%s', (problem, document) => {
    expect(lintForm(document)).toEqual([problem]);
  });
});
