import { describe, expect, it } from '@jest/globals';
import { type Mutable, problemsOf } from './leg-problems.ts';

const set = (part: Mutable, fields: object): void => {
  Object.assign(part, fields);
};

describe('says what a state should call, where it calls', () => {
  it.each<[string, (machine: Mutable) => void, string]>([
    [
      "more than its function's placeholder",
      ({ States }) => set(States.TakePayment, { Resource: '{{TakePaymentFunctionArn}}x' }),
      'TakePayment: its Resource is "{{TakePaymentFunctionArn}}x" instead of its function\'s "{{TakePaymentFunctionArn}}"',
    ],
    [
      "another state's function",
      ({ States }) => set(States.CloseBooking, { Resource: '{{CancelBookingFunctionArn}}' }),
      'CloseBooking: its Resource is "{{CancelBookingFunctionArn}}" instead of its function\'s "{{CloseBookingFunctionArn}}"',
    ],
    [
      'no known service',
      ({ States }) => set(States.ReserveSeat, { Resource: 'arn:aws:states:::dynamodb:updateItemx' }),
      'ReserveSeat: its Resource is "arn:aws:states:::dynamodb:updateItemx" instead of "arn:aws:states:::dynamodb:updateItem"',
    ],
    [
      'another service',
      ({ States }) => set(States.SendToDeadLetterQueue, { Resource: 'arn:aws:states:::dynamodb:updateItem' }),
      'SendToDeadLetterQueue: its Resource is "arn:aws:states:::dynamodb:updateItem" instead of "arn:aws:states:::sqs:sendMessage"',
    ],
    [
      'an unknown service',
      ({ States }) => set(States.CloseBooking, { Resource: 'arn:aws:states:::sns:publish' }),
      'CloseBooking: its Resource is "arn:aws:states:::sns:publish" instead of its function\'s "{{CloseBookingFunctionArn}}": statemachine/tools/calls.ts lists the states that call a service',
    ],
    [
      'nothing',
      ({ States }) => delete States.CloseBooking.Resource,
      'CloseBooking: has no Resource: it should be its function\'s "{{CloseBookingFunctionArn}}"',
    ],
  ])('%s', (_, mutate, problem) => {
    expect(problemsOf(mutate)).toEqual([`statemachine/booking-saga.asl.json: ${problem}`]);
  });
});

describe('says which part of the Parameters differs from what the call needs', () => {
  it.each<[string, (machine: Mutable) => void]>([
    [
      'ReserveSeat: its Parameters.Key.pk["S.$"] is "$.outbound_flight_id": it should be "States.Format(\'FLIGHT#{}\', $.outbound_flight_id)"',
      ({ States }) => set(States.ReserveSeat.Parameters.Key.pk, { 'S.$': '$.outbound_flight_id' }),
    ],
    [
      'ReleaseSeat: its Parameters.ExpressionAttributeValues[":one"].N is "2": it should be "1"',
      ({ States }) => set(States.ReleaseSeat.Parameters.ExpressionAttributeValues[':one'], { N: '2' }),
    ],
    [
      'ReleaseSeat: has no Parameters.ConditionExpression: it should be "contains(seatHolds, :hold)"',
      ({ States }) => delete States.ReleaseSeat.Parameters.ConditionExpression,
    ],
    [
      'SendToDeadLetterQueue: its Parameters.QueueUrl is "q": it should be "{{DeadLetterQueueUrl}}"; has no Parameters.MessageBody: it should be {"kind":"compensation","trip_id.$":"$.trip_id","execution_id.$":"$.execution_id","execution.$":"$$.Execution.Id","input.$":"$$.Execution.Input","failedLayers.$":"$.failedLayers"}',
      ({ States }) => set(States.SendToDeadLetterQueue, { Parameters: { QueueUrl: 'q' } }),
    ],
    [
      'ReserveBooking: has Parameters.further, which its call does not take',
      ({ States }) => set(States.ReserveBooking.Parameters, { further: 1 }),
    ],
    [
      'SendToDeadLetterQueue: its Parameters.MessageBody.kind is "notification": it should be "compensation"',
      ({ States }) => set(States.SendToDeadLetterQueue.Parameters.MessageBody, { kind: 'notification' }),
    ],
    [
      'SendCancellationToDeadLetterQueue: its Parameters is []: it should be an object',
      ({ States }) => set(States.SendCancellationToDeadLetterQueue, { Parameters: [] }),
    ],
  ])('%s', (problem, mutate) => {
    expect(problemsOf(mutate)).toEqual([
      `statemachine/booking-saga.asl.json: ${problem}: statemachine/tools/calls.ts says what its call gets`,
    ]);
  });
});
