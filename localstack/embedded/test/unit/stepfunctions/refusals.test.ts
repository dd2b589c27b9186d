import { describe, expect, it } from '@jest/globals';
import { LAMBDA, subject } from './support.ts';

const task = (rest: object) => ({ 'Odd One!': { Type: 'Task', Resource: LAMBDA, End: true, ...rest } });
const map = (rest: object) => ({ 'Odd One!': { Type: 'Map', ItemProcessor: inner, End: true, ...rest } });
const invoke = (more: object) => ({
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: LAMBDA, ...more },
});
const inner = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

describe('a definition that would run differently from AWS is refused at load', () => {
  it.each([
    [
      'a distributed Map',
      map({ ItemProcessor: { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED' } } }),
      /distributed Map/,
    ],
    ['a reader of items', map({ ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } }), /ItemReader/],
    ['a tolerated failure', map({ ToleratedFailureCount: 1 }), /ToleratedFailureCount/],
    ['JSONata', task({ QueryLanguage: 'JSONata' }), /JSONata/],
    ['Assign', task({ Assign: { a: 1 } }), /Assign/],
    ['heartbeats', task({ HeartbeatSeconds: 5 }), /HeartbeatSeconds/],
    ['a dry run', task({ ...invoke({ InvocationType: 'DryRun' }) }), /InvocationType DryRun/],
    ['a type of invocation from the input', task({ ...invoke({ 'InvocationType.$': '$.t' }) }), /InvocationType\.\$/],
    ['a client context', task({ ...invoke({ ClientContext: 'e30=' }) }), /ClientContext/],
    ['a callback', task({ Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' }), /waitForTaskToken/],
    ['an SDK integration', task({ Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem' }), /aws-sdk/],
    [
      'a date without a time',
      { 'Odd One!': { Type: 'Wait', Timestamp: '2020-01-01', End: true } },
      /Timestamp '2020-01-01' must/,
    ],
    ['a task token', task({ Parameters: { 'token.$': '$$.Task.Token' } }), /\$\$\.Task\.Token/],
    ['an unknown context field', task({ Parameters: { 'a.$': '$$.Execution.Nmae' } }), /\$\$\.Execution\.Nmae/],
    ['a wildcard path', task({ Parameters: { 'a.$': '$.list[*].id' } }), /\$\.list\[\*\]\.id/],
    ['a filter', task({ InputPath: '$..id' }), /InputPath '\$\.\.id'/],
    ['a quoted ResultPath', task({ ResultPath: "$['a b']" }), /ResultPath '\$\['a b'\]'/],
    ['an unknown intrinsic', task({ Parameters: { 'a.$': 'States.Frobnicate($.a)' } }), /States\.Frobnicate/],
    ['an intrinsic that does not parse', task({ Parameters: { 'a.$': "States.Format('{}', $.a" } }), /States\.Format/],
  ])('%s', (_, states, construct) => {
    const load = () => subject({ states });

    expect(load).toThrow(construct);
    expect(load).toThrow("state machine 'parcel', state 'Odd One!'");
  });

  it.each([
    ['arn:aws:states:::lambda:invoke', { Function: 'f' }, 'Function'],
    ['arn:aws:states:::sqs:sendMessage', { QueueURL: 'q' }, 'QueueURL'],
    ['arn:aws:states:::sns:publish', { 'Topic.$': '$.t' }, 'Topic'],
    ['arn:aws:states:::dynamodb:getItem', { TableName: 't', ReturnValues: 'NONE' }, 'ReturnValues'],
  ])('for a parameter that %s does not have', (Resource, Parameters, field) => {
    expect(() => subject({ states: task({ Resource, Parameters }) })).toThrow(
      `state 'Odd One!': The field '${field}' is not supported by Step Functions`,
    );
  });

  it.each<[string, unknown, string]>([
    ['lambda:invoke', undefined, 'FunctionName'],
    ['lambda:invoke', { Payload: {} }, 'FunctionName'],
    ['dynamodb:getItem', { 'Key.$': '$.key' }, 'TableName'],
    ['dynamodb:getItem', { TableName: 't' }, 'Key'],
    ['dynamodb:putItem', { 'TableName.$': '$.t' }, 'Item'],
    ['dynamodb:updateItem', { TableName: 't' }, 'Key'],
    ['dynamodb:deleteItem', { TableName: 't' }, 'Key'],
    ['sqs:sendMessage', { MessageBody: 'm' }, 'QueueUrl'],
    ['sqs:sendMessage', { QueueUrl: 'q' }, 'MessageBody'],
    ['sns:publish', { TopicArn: 't' }, 'Message'],
  ])('for what %s needs and %j lacks', (action, Parameters, field) => {
    const Resource = `arn:aws:states:::${action}`;

    expect(() => subject({ states: task({ Resource, Parameters }) })).toThrow(
      `state 'Odd One!': The field '${field}' is required but was missing in the Parameters of ${action}`,
    );
  });

  it('but not for parameters that come from the input', () => {
    const Parameters = { 'TableName.$': '$.t', 'Item.$': '$.i' };

    expect(() =>
      subject({ states: task({ Resource: 'arn:aws:states:::dynamodb:putItem', Parameters }) }),
    ).not.toThrow();
  });

  it.each([
    ['Retry', [{ ErrorEquals: ['States.ALL', 'Odd'] }], 'States.ALL must appear alone in ErrorEquals of Retry'],
    ['Retry', [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['Odd'] }], 'States.ALL must be in the last of Retry'],
    ['Retry', [{ ErrorEquals: ['Odd'], BackoffRate: 0.5 }], 'BackoffRate of Retry is at least 1.0, not 0.5'],
    ['Retry', [{ ErrorEquals: ['Odd'], IntervalSeconds: 0 }], 'IntervalSeconds of Retry is at least 1, not 0'],
    [
      'Catch',
      [
        { ErrorEquals: ['States.ALL'], Next: 'Odd One!' },
        { ErrorEquals: ['Odd'], Next: 'Odd One!' },
      ],
      'States.ALL must be in the last of Catch',
    ],
  ])('for a %s that AWS refuses: %j', (field, handlers, message) => {
    expect(() => subject({ states: task({ [field]: handlers }) })).toThrow(message);
  });

  it.each([{ End: true }, { Next: 'Odd One!' }])('for a Choice with %j', (more) => {
    const Choices = [{ Variable: '$.a', IsPresent: true, Next: 'Odd One!' }];
    const states = { Pick: { Type: 'Choice', Choices, Default: 'Odd One!', ...more }, ...task({}) };

    expect(() => subject({ states, startAt: 'Pick' })).toThrow('has neither Next nor End');
  });

  it('inside the states of another state, too', () => {
    const Branches = [{ StartAt: 'In', States: { In: { Type: 'Pass', Assign: { a: 1 }, End: true } } }];
    const states = { Both: { Type: 'Parallel', Branches, End: true } };

    expect(() => subject({ states })).toThrow(/state 'In': Assign/);
  });

  it('as is one that is no valid ASL', () => {
    expect(() => subject({ states: task({ End: undefined, Next: 'Nowhere' }) })).toThrow(
      /state machine 'parcel' is no valid ASL: .*Nowhere/s,
    );
  });
});
