/** Which attributes of topics and subscriptions SNS takes. */
import { jsonObject } from '../json.ts';
import { invalidSnsParameter } from './error-codes.ts';

/** Where they come from: SNS words an error of a call that makes something in another way. */
export type AttributesOf = 'made' | 'changed';

const refusing =
  (from: AttributesOf) =>
  (problem: string): never => {
    throw invalidSnsParameter(from === 'made' ? `Attributes Reason: ${problem}` : problem);
  };

/** AWS's, that would do nothing here. */
const undelivered = ['DeliveryPolicy', 'ReplayPolicy', 'SubscriptionRoleArn'];

const scopes = ['MessageAttributes', 'MessageBody'];

/**
 * https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html
 * @returns the value as SNS keeps it
 * @throws AwsError `InvalidParameterException`. The FilterPolicy is checked where it is compiled.
 */
export function subscriptionAttribute(name: string, value: string, from: AttributesOf): string {
  const refuse = refusing(from);
  switch (name) {
    case 'FilterPolicy':
      return value;
    case 'FilterPolicyScope':
      if (scopes.includes(value)) return value;
      return refuse(`${name}: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`);
    case 'RawMessageDelivery':
      if (/^(true|false)$/i.test(value)) return value.toLowerCase();
      return refuse(`${name}: Invalid value [${value}]. Must be true or false.`);
    case 'RedrivePolicy':
      if (value !== '') checkRedrivePolicy(value, refuse);
      return value;
    default:
      return refuse(undelivered.includes(name) ? `${name} is not served by the local cloud` : 'AttributeName');
  }
}

function checkRedrivePolicy(text: string, refuse: (problem: string) => never): void {
  const policy = jsonObject(text) ?? refuse('RedrivePolicy: failed to parse JSON.');
  if (!isQueueArn(policy.deadLetterTargetArn)) refuse('RedrivePolicy: deadLetterTargetArn is an invalid arn');
}

export const isQueueArn = (text: unknown): boolean =>
  typeof text === 'string' && /^arn:[^:]+:sqs:[^:]+:\d+:[^:]+$/.test(text);

/** Of a subscriber. @throws AwsError `InvalidParameterException` */
export function checkEndpoint(protocol: string, endpoint: string): void {
  if (endpoint.endsWith('.fifo')) {
    throw invalidSnsParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
  if (protocol === 'sqs' && !isQueueArn(endpoint)) throw invalidSnsParameter('SQS endpoint ARN');
  if (protocol.startsWith('email') && !/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalidSnsParameter('Email address');
}

/** Most of them change nothing here: what is delivered is neither encrypted, signed nor traced. */
const topicAttribute =
  /^(DeliveryPolicy|DisplayName|KmsMasterKeyId|Policy|SignatureVersion|TracingConfig|FifoTopic|(HTTP|Firehose|Lambda|Application|SQS)(SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn))$/;

const topicValues: readonly (readonly [names: RegExp, form: RegExp])[] = [
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
  [/^DisplayName$/, /^.{0,100}$/su],
  [/^SignatureVersion$/, /^[12]$/],
  [/^TracingConfig$/, /^(PassThrough|Active)$/],
  [/SampleRate$/, /^(100|[1-9]?\d|)$/],
];

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html. @throws AwsError `InvalidParameterException` */
export function checkTopicAttribute(name: string, value: string, from: AttributesOf): void {
  const refuse = refusing(from);
  if (!topicAttribute.test(name)) refuse('AttributeName');
  const isJson = name === 'Policy' || name === 'DeliveryPolicy';
  if (isJson && value !== '' && !jsonObject(value)) refuse(`${name}: failed to parse JSON.`);
  const [, form] = topicValues.find(([names]) => names.test(name)) ?? [];
  if (form?.test(value) === false) refuse(`${name}: Invalid value [${value}].`);
}
