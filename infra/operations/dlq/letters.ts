import { nameOfArn } from '#schema/arn.ts';

/** Where a dead letter belongs. Pure: the letter says all that there is to know. */

/** A message of a dead-letter queue, as ReceiveMessage answers it. */
export interface Letter {
  readonly Body?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, LetterAttribute>> | undefined;
}

export interface LetterAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type Delivery =
  | {
      readonly kind: 'send';
      readonly queueName: string;
      readonly body: string;
      readonly attributes: Readonly<Record<string, LetterAttribute>>;
    }
  | { readonly kind: 'invoke'; readonly functionName: string; readonly payload: string };

/**
 * An event that a rule could not hand over: its target is in the attributes that EventBridge adds.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * @throws Error where the letter does not say, or names what no rule of this service has for a target
 */
export function undeliveredEvent({ Body, MessageAttributes = {} }: Letter): Delivery {
  const target = MessageAttributes.TARGET_ARN?.StringValue;
  if (target === undefined) throw new Error('the letter has no attribute TARGET_ARN, so EventBridge did not write it');
  const [, , service] = target.split(':');
  const body = Body ?? '';
  if (service === 'sqs') return { kind: 'send', queueName: nameOfArn(target), body, attributes: {} };
  if (service === 'lambda') return { kind: 'invoke', functionName: target, payload: body };
  throw new Error(`the target ${target} is neither a queue nor a function`);
}

/** Back to the queue unchanged, with the attributes that it was sent or published with. */
export function toQueue({ Body, MessageAttributes = {} }: Letter, queueName: string): Delivery {
  return { kind: 'send', queueName, body: Body ?? '', attributes: MessageAttributes };
}

/**
 * The record of an asynchronous invocation that failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @throws Error where the letter is no such record
 */
export function failedInvocation({ Body }: Letter): Delivery {
  const record = (JSON.parse(Body ?? '') ?? {}) as {
    readonly requestContext?: { readonly functionArn?: string };
    readonly requestPayload?: unknown;
  };
  const functionName = record.requestContext?.functionArn;
  if (functionName === undefined)
    throw new Error('the letter has no requestContext.functionArn, so Lambda did not write it');
  return { kind: 'invoke', functionName, payload: JSON.stringify(record.requestPayload ?? {}) };
}
