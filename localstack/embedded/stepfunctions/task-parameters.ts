/** Which parameters the optimised integrations take; Step Functions refuses a definition with others. */
import { UnsupportedDefinitionError } from './errors.ts';
import { isObject, type Json } from './json.ts';

const NAMES_AND_VALUES = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const WRITE = [
  'TableName',
  'ConditionExpression',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
  ...NAMES_AND_VALUES,
  // From before there were expressions: a request with them is refused.
  'ConditionalOperator',
  'Expected',
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html and the pages of the other services */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['ClientContext', 'FunctionName', 'InvocationType', 'LogType', 'Payload', 'Qualifier'],
  'dynamodb:getItem': [
    'AttributesToGet',
    'ConsistentRead',
    'ExpressionAttributeNames',
    'Key',
    'ProjectionExpression',
    'ReturnConsumedCapacity',
    'TableName',
  ],
  'dynamodb:putItem': [...WRITE, 'Item'],
  'dynamodb:updateItem': [...WRITE, 'AttributeUpdates', 'Key', 'UpdateExpression'],
  'dynamodb:deleteItem': [...WRITE, 'Key'],
  'sqs:sendMessage': [
    'DelaySeconds',
    'MessageAttributes',
    'MessageBody',
    'MessageDeduplicationId',
    'MessageGroupId',
    'MessageSystemAttributes',
    'QueueUrl',
  ],
  'sns:publish': [
    'Message',
    'MessageAttributes',
    'MessageDeduplicationId',
    'MessageGroupId',
    'MessageStructure',
    'PhoneNumber',
    'Subject',
    'TargetArn',
    'TopicArn',
  ],
};

/** What the services' own API references call required. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['FunctionName'],
  'dynamodb:getItem': ['TableName', 'Key'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'dynamodb:updateItem': ['TableName', 'Key'],
  'dynamodb:deleteItem': ['TableName', 'Key'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'sns:publish': ['Message'],
};

const INVOCATION_TYPES = ['RequestResponse', 'Event'];

/** @throws Error for a parameter that AWS refuses or misses, or that would be left undone here */
export function assertParameters(where: string, integration: string, parameters: Json | undefined): void {
  const known = KNOWN[integration] ?? [];
  const given = isObject(parameters) ? parameters : {};
  for (const [name, value] of Object.entries(given)) {
    const plain = name.replace(/\.\$$/, '');
    if (!known.includes(plain)) {
      throw new Error(
        `${where}: The field '${plain}' is not supported by Step Functions; known are ${known.join(', ')}`,
      );
    }
    if (integration === 'lambda:invoke') assertOfInvoke(where, name, value);
  }
  const missing = REQUIRED[integration]?.find(
    (name) => !Object.hasOwn(given, name) && !Object.hasOwn(given, `${name}.$`),
  );
  if (missing !== undefined) {
    throw new Error(`${where}: The field '${missing}' is required but was missing in the Parameters of ${integration}`);
  }
}

function assertOfInvoke(where: string, name: string, value: Json): void {
  if (/^(ClientContext|LogType|InvocationType\.\$)/.test(name)) {
    throw new UnsupportedDefinitionError(where, `the parameter ${name} of lambda:invoke`, 'Leave it out.');
  }
  if (name === 'InvocationType' && !INVOCATION_TYPES.includes(String(value))) {
    throw new UnsupportedDefinitionError(where, `InvocationType ${value}`, `Use ${INVOCATION_TYPES.join(' or ')}.`);
  }
}
