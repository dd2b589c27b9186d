import { randomUUID } from 'node:crypto';
import { AwsError, type AwsService, type Caller } from '../types.ts';
import { messageOf } from '../values.ts';
import { StatesError } from './errors.ts';

type ServiceName = 'dynamodb' | 'sqs' | 'sns';

interface ServiceErrors {
  /** Prefix of the ASL error names. */
  readonly prefix: string;
  /** As it stands in the cause. */
  readonly service: string;
  /** The name of what AWS's SDK does not model, such as AccessDeniedException and ValidationException. */
  readonly generic: string;
  readonly modelled: ReadonlySet<string>;
}

/** From executions recorded on AWS and the exceptions that each service's model names. */
const ERRORS: Readonly<Record<ServiceName, ServiceErrors>> = {
  dynamodb: {
    prefix: 'DynamoDB',
    service: 'AmazonDynamoDBv2',
    generic: 'AmazonDynamoDBException',
    modelled: new Set([
      'ConditionalCheckFailedException',
      'InternalServerError',
      'ItemCollectionSizeLimitExceededException',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'ResourceNotFoundException',
      'TransactionConflictException',
    ]),
  },
  sqs: {
    prefix: 'SQS',
    service: 'AmazonSQS',
    generic: 'AmazonSQSException',
    modelled: new Set([
      'InvalidMessageContentsException',
      'QueueDoesNotExistException',
      'UnsupportedOperationException',
    ]),
  },
  sns: {
    prefix: 'SNS',
    service: 'AmazonSNS',
    generic: 'AmazonSNSException',
    modelled: new Set([
      'AuthorizationErrorException',
      'EndpointDisabledException',
      'InternalErrorException',
      'InvalidParameterException',
      'InvalidParameterValueException',
      'NotFoundException',
      'PlatformApplicationDisabledException',
    ]),
  },
};

/** Codes on the wire, by the name that the SDK raises for them. */
const ALIASES: Readonly<Record<string, string>> = {
  'AWS.SimpleQueueService.NonExistentQueue': 'QueueDoesNotExistException',
  QueueDoesNotExist: 'QueueDoesNotExistException',
  InvalidMessageContents: 'InvalidMessageContentsException',
  AuthorizationError: 'AuthorizationErrorException',
  InvalidParameter: 'InvalidParameterException',
  NotFound: 'NotFoundException',
};

/** The member that Step Functions writes as JSON text where it is no string. */
const TEXT_MEMBERS = { dynamodb: undefined, sqs: 'MessageBody', sns: 'Message' } as const;

/** Calls `dynamodb:updateItem`, `sqs:sendMessage`, `sns:publish` and the like; `action` is the operation in camel case. */
export async function callService(
  name: ServiceName,
  service: AwsService,
  action: string,
  input: unknown,
  caller: Caller,
): Promise<unknown> {
  // A copy: services may change their input, which shares parts with the state's data.
  const parameters = JSON.parse(JSON.stringify(input)) as Record<string, unknown>;
  const member = TEXT_MEMBERS[name];
  const value = member === undefined ? undefined : parameters[member];
  if (member !== undefined && value !== undefined && value !== null && typeof value !== 'string') {
    parameters[member] = JSON.stringify(value);
  }
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  const result = await service
    .call(operation, parameters, caller)
    .catch((thrown: unknown) => rethrow(thrown, ERRORS[name]));
  return { ...result, ...sdkMetadata() };
}

/** What AWS's SDK adds to every result. */
export function sdkMetadata(HttpStatusCode = 200): Record<string, unknown> {
  return { SdkHttpMetadata: { HttpStatusCode }, SdkResponseMetadata: { RequestId: randomUUID() } };
}

function rethrow(thrown: unknown, { prefix, service, generic, modelled }: ServiceErrors): never {
  const message = messageOf(thrown);
  if (!(thrown instanceof AwsError)) throw new StatesError(`${prefix}.SdkClientException`, message);
  // SNS alone models the refusal by IAM.
  const refused = service === 'AmazonSNS' && /^AccessDenied/.test(thrown.code);
  const code = refused ? 'AuthorizationErrorException' : (ALIASES[thrown.code] ?? thrown.code);
  const name = modelled.has(code) ? code : generic;
  const status = `Status Code: ${thrown.statusCode}; Error Code: ${thrown.code}`;
  throw new StatesError(
    `${prefix}.${name}`,
    `${message} (Service: ${service}; ${status}; Request ID: ${randomUUID()}; Proxy: null)`,
  );
}
