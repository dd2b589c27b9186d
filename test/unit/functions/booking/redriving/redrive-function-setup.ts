import '#test/support/lambda-environment.ts';
import { SQSClient } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';

export const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';

Object.assign(process.env, {
  STATE_MACHINE_ARN: stateMachineArn,
  REDRIVE_QUEUE_URL: 'https://queues/redrive',
  DEAD_LETTER_QUEUE_URL: 'https://queues/dead-letters',
  REDRIVE_DELAY_SECONDS: '30',
  BOOKING_TOPIC_ARN: 'arn:topic',
});

export const awsError = (name: string): Error => Object.assign(new Error(name), { name });

export const queues = () => jest.spyOn(SQSClient.prototype, 'send').mockImplementation(async () => ({}));
