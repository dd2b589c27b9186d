import { describe, expect, it } from '@jest/globals';
import { LAMBDA, subject } from './support.ts';

const task = (rest: object) => ({ 'Odd One!': { Type: 'Task', Resource: LAMBDA, End: true, ...rest } });
const choice = (rule: object) => ({
  'Odd One!': { Type: 'Choice', Choices: [{ ...rule, Next: 'End' }], Default: 'End' },
  End: { Type: 'Succeed' },
});
const inner = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

describe('a definition that would run differently from AWS is refused at load', () => {
  it.each([
    ['Parallel', { 'Odd One!': { Type: 'Parallel', Branches: [inner], End: true } }, /state of type Parallel/],
    ['Map', { 'Odd One!': { Type: 'Map', ItemProcessor: inner, End: true } }, /state of type Map/],
    ['JSONata', task({ QueryLanguage: 'JSONata' }), /JSONata/],
    ['Assign', task({ Assign: { a: 1 } }), /Assign/],
    ['heartbeats', task({ HeartbeatSeconds: 5 }), /HeartbeatSeconds/],
    ['a callback', task({ Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' }), /waitForTaskToken/],
    ['an SDK integration', task({ Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem' }), /aws-sdk/],
    ['a task token', task({ Parameters: { 'token.$': '$$.Task.Token' } }), /\$\$\.Task\.Token/],
    ['an unknown context field', task({ Parameters: { 'a.$': '$$.Execution.Nmae' } }), /\$\$\.Execution\.Nmae/],
    ['a wildcard path', task({ Parameters: { 'a.$': '$.list[*].id' } }), /\$\.list\[\*\]\.id/],
    ['a filter', task({ InputPath: '$..id' }), /InputPath '\$\.\.id'/],
    ['a quoted ResultPath', task({ ResultPath: "$['a b']" }), /ResultPath '\$\['a b'\]'/],
    ['an unknown intrinsic', task({ Parameters: { 'a.$': 'States.Frobnicate($.a)' } }), /States\.Frobnicate/],
    ['an intrinsic that does not parse', task({ Parameters: { 'a.$': "States.Format('{}', $.a" } }), /States\.Format/],
    ['a Choice on the whole input', choice({ Variable: '$', IsString: true }), /Choice variable '\$'/],
    ['a wildcard other than *', choice({ Variable: '$.a', StringMatches: 'a?c' }), /StringMatches "a\?c"/],
  ])('%s', (_, states, construct) => {
    const load = () => subject({ states });

    expect(load).toThrow(construct);
    expect(load).toThrow("state machine 'trip', state 'Odd One!'");
  });

  it('as is one that is no valid ASL', () => {
    expect(() => subject({ states: task({ End: undefined, Next: 'Nowhere' }) })).toThrow(
      /state machine 'trip' is no valid ASL: .*Nowhere/s,
    );
  });
});
