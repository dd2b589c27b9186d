import { describe, expect, it } from '@jest/globals';
import { lambdaTask } from './histories.ts';
import { failure, LAMBDA, ROLE_ARN, subject, UPDATE_ITEM } from './support.ts';

const whole = { truncated: false };

describe('GetExecutionHistory', () => {
  it('has the events of a Lambda function in the shapes of AWS', async () => {
    const sfn = subject({
      states: {
        Route: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'Reserve' }], Default: 'Done' },
        Reserve: lambdaTask({ TimeoutSeconds: 20, ResultPath: '$.r', Next: 'Done' }),
        Done: { Type: 'Succeed' },
      },
      task: () => ({ ok: true }),
    });

    const { executionArn } = await sfn.run({ a: 1 });

    const events = await sfn.history(executionArn as string);
    expect(events.map(({ timestamp: _, ...event }) => event)).toEqual([
      {
        id: 1,
        previousEventId: 0,
        type: 'ExecutionStarted',
        executionStartedEventDetails: { input: '{"a":1}', inputDetails: whole, roleArn: ROLE_ARN },
      },
      {
        id: 2,
        previousEventId: 0,
        type: 'ChoiceStateEntered',
        stateEnteredEventDetails: { name: 'Route', input: '{"a":1}', inputDetails: whole },
      },
      {
        id: 3,
        previousEventId: 2,
        type: 'ChoiceStateExited',
        stateExitedEventDetails: { name: 'Route', output: '{"a":1}', outputDetails: whole },
      },
      {
        id: 4,
        previousEventId: 3,
        type: 'TaskStateEntered',
        stateEnteredEventDetails: { name: 'Reserve', input: '{"a":1}', inputDetails: whole },
      },
      {
        id: 5,
        previousEventId: 4,
        type: 'LambdaFunctionScheduled',
        lambdaFunctionScheduledEventDetails: {
          resource: LAMBDA,
          input: '{"a":1}',
          inputDetails: whole,
          timeoutInSeconds: 20,
        },
      },
      { id: 6, previousEventId: 5, type: 'LambdaFunctionStarted' },
      {
        id: 7,
        previousEventId: 6,
        type: 'LambdaFunctionSucceeded',
        lambdaFunctionSucceededEventDetails: { output: '{"ok":true}', outputDetails: whole },
      },
      {
        id: 8,
        previousEventId: 7,
        type: 'TaskStateExited',
        stateExitedEventDetails: { name: 'Reserve', output: '{"a":1,"r":{"ok":true}}', outputDetails: whole },
      },
      {
        id: 9,
        previousEventId: 8,
        type: 'SucceedStateEntered',
        stateEnteredEventDetails: { name: 'Done', input: '{"a":1,"r":{"ok":true}}', inputDetails: whole },
      },
      {
        id: 10,
        previousEventId: 9,
        type: 'SucceedStateExited',
        stateExitedEventDetails: { name: 'Done', output: '{"a":1,"r":{"ok":true}}', outputDetails: whole },
      },
      {
        id: 11,
        previousEventId: 10,
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: { output: '{"a":1,"r":{"ok":true}}', outputDetails: whole },
      },
    ]);
    const times = events.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('has the events of an integration, with each try and the way through Catch to a Fail state', async () => {
    const sfn = subject({
      states: {
        ReserveSeat: {
          Type: 'Task',
          Resource: UPDATE_ITEM,
          Parameters: { TableName: 'parcels', Key: {} },
          Retry: [{ ErrorEquals: ['DynamoDB.InternalServerError'] }],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'Sorry' }],
          End: true,
        },
        Sorry: { Type: 'Fail', Error: 'ParcelLost', Cause: 'no seat' },
      },
      task: (_, attempt) => {
        throw attempt === 1
          ? failure('DynamoDB.InternalServerError', 'c1')
          : failure('DynamoDB.ConditionalCheckFailedException', 'c2');
      },
    });

    const { executionArn } = await sfn.run({});

    const what = { resourceType: 'dynamodb', resource: 'updateItem' };
    const scheduled = { ...what, region: 'us-east-1', parameters: '{"TableName":"parcels","Key":{}}' };
    expect(
      (await sfn.history(executionArn as string))
        .slice(2)
        .map(({ id: _, previousEventId: __, timestamp: ___, type, ...details }) => [type, ...Object.values(details)]),
    ).toEqual([
      ['TaskScheduled', scheduled],
      ['TaskStarted', what],
      ['TaskFailed', { ...what, error: 'DynamoDB.InternalServerError', cause: 'c1' }],
      ['TaskScheduled', scheduled],
      ['TaskStarted', what],
      ['TaskFailed', { ...what, error: 'DynamoDB.ConditionalCheckFailedException', cause: 'c2' }],
      [
        'TaskStateExited',
        {
          name: 'ReserveSeat',
          output: '{"e":{"Error":"DynamoDB.ConditionalCheckFailedException","Cause":"c2"}}',
          outputDetails: whole,
        },
      ],
      [
        'FailStateEntered',
        {
          name: 'Sorry',
          input: '{"e":{"Error":"DynamoDB.ConditionalCheckFailedException","Cause":"c2"}}',
          inputDetails: whole,
        },
      ],
      ['ExecutionFailed', { error: 'ParcelLost', cause: 'no seat' }],
    ]);
  });
});
