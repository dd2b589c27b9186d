import { stageClients } from '#infra/operations/stage-clients.ts';

export interface Sent {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Answer = (sent: Sent) => object | undefined;

/** The clients of an operator, with AWS as `answer` has it; each request is in `sent`. */
export function clientsWith(answer: Answer) {
  const sent: Sent[] = [];
  const send = async (command: { input: Sent['input'] }) => {
    const request = { operation: command.constructor.name, input: command.input };
    sent.push(request);
    return answer(request) ?? {};
  };
  const own = stageClients({ stage: 'local', region: 'us-east-1' }, {});
  for (const client of Object.values(own)) Object.assign(client, { send });
  const sentBy = (operation: string) => sent.filter((each) => each.operation === operation).map(({ input }) => input);
  return { clients: own, sent, sentBy };
}

/** Queues of letters by name, each a page at a time; a letter that was given back is not received again. */
export function queuesWith(pages: Readonly<Record<string, readonly (readonly object[])[]>>, more: Answer = () => ({})) {
  const left = new Map(Object.entries(pages).map(([name, all]) => [`http://queues/${name}`, [...all]]));
  return clientsWith((sent) => {
    if (sent.operation === 'GetQueueUrlCommand') return { QueueUrl: `http://queues/${sent.input.QueueName}` };
    if (sent.operation !== 'ReceiveMessageCommand') return more(sent);
    const Messages = left.get(String(sent.input.QueueUrl))?.shift();
    return Messages === undefined ? {} : { Messages };
  });
}

/** A message as SQS answers it. */
export const aMessage = (id: string, body: object | string, sentAt = 0, more: object = {}) => ({
  MessageId: id,
  ReceiptHandle: `handle of ${id}`,
  Body: typeof body === 'string' ? body : JSON.stringify(body),
  Attributes: { SentTimestamp: String(sentAt) },
  ...more,
});

/** Of a booking run of which one layer could not be undone. */
export const compensation = (tripId: string) => ({
  kind: 'compensation',
  trip_id: tripId,
  execution_id: `${tripId}.abc`,
  input: {},
  failedLayers: { RefundPayment: { Error: 'Timeout', Cause: 'the bank is closed' } },
});
