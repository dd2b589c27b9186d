import { AwsError } from '../types.ts';

/**
 * What the query protocol (and SQS's `x-amzn-query-error` header) calls an error whose name in the SDK differs.
 * An error that is not listed has one name.
 */
export const queryErrorCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  NotFoundException: 'NotFound',
  InvalidParameterException: 'InvalidParameter',
  InvalidParameterValueException: 'ParameterValueInvalid',
  EmptyBatchRequestException: 'EmptyBatchRequest',
  TooManyEntriesInBatchRequestException: 'TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinctException: 'BatchEntryIdsNotDistinct',
  InvalidBatchEntryIdException: 'InvalidBatchEntryId',
  BatchRequestTooLongException: 'BatchRequestTooLong',
};

export const queueDoesNotExist = () => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

export const invalidSqsParameter = (message: string) => new AwsError('InvalidParameterValue', message);

export const invalidSnsParameter = (message: string) =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${message}`);

export const topicDoesNotExist = () => new AwsError('NotFoundException', 'Topic does not exist', 404);
