import type { FauxqsAction } from './fauxqs.ts';

interface ObservedMessage {
  readonly type: 'messageSent' | 'messageDelivered';
  readonly messageId: string;
  readonly body: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What a call of SQS did with which messages. */
export function messagesOf(action: FauxqsAction, input: Json, answer: Json): ObservedMessage[] {
  if (action === 'sendMessage') {
    return [{ type: 'messageSent', messageId: String(answer.MessageId), body: String(input.MessageBody) }];
  }
  if (action === 'sendMessageBatch') {
    const bodies = new Map(listOf(input.Entries).map(({ Id, MessageBody }) => [Id, String(MessageBody)]));
    return listOf(answer.Successful).map(({ Id, MessageId }) => ({
      type: 'messageSent',
      messageId: String(MessageId),
      body: bodies.get(Id) ?? '',
    }));
  }
  if (action !== 'receiveMessage') return [];
  return listOf(answer.Messages).map(({ MessageId, Body }) => ({
    type: 'messageDelivered',
    messageId: String(MessageId),
    body: String(Body),
  }));
}

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
