import { createDynamoDb, type DynamoDb } from './dynamodb/index.ts';
import type { Item } from './dynamodb/values.ts';
import { createAwsCalls } from './endpoint/aws-calls.ts';
import type { Request } from './endpoint/http.ts';
import { executionStatusEvent } from './events/execution-status.ts';
import { createEvents, type Events } from './events/index.ts';
import type { Reply } from './http.ts';
import { createMessaging, messagingResources } from './messaging/index.ts';
import type { Message } from './messaging/queue/message.ts';
import { messagesOf } from './messaging/queue/queue.ts';
import type { Observe } from './observer.ts';
import { machinesOf } from './open-step-functions.ts';
import type { Ports } from './ports.ts';
import { wires } from './services.ts';
import type { InvokeFunction, StatusChange } from './stepfunctions/contract.ts';
import {
  createStepFunctions,
  type MachineDefinition,
  type StepFunctions,
  type TaskPort,
} from './stepfunctions/index.ts';
import { createTaskPort } from './stepfunctions/tasks.ts';
import type { Store } from './store/index.ts';
import { type AwsService, type Closable, OUTSIDE, type Stack } from './types.ts';

export interface InProcessOptions {
  readonly stack: Stack;
  /** Keeps everything; a second cloud that is opened on it stands for the next process. */
  readonly store: Store;
  readonly ports: Ports;
  /** In place of the stack's own; the same object is compiled once. */
  readonly machines?: readonly MachineDefinition[];
  /** Runs a function to its end. */
  readonly invoke: InvokeFunction;
  /** Gives what stands between the machines and their tasks. */
  readonly around?: (perform: TaskPort) => TaskPort;
  readonly observe?: Observe;
}

/** A message as its queue keeps it. */
export interface KeptMessage extends Message {
  /** The queue's name. */
  readonly queue: string;
}

/** The engines of a stack and nothing else: no sockets, no threads, no IAM, no pollers, no schedules. */
export interface InProcessCloud extends Closable {
  readonly dynamodb: DynamoDb;
  readonly sqs: AwsService;
  readonly sns: AwsService;
  readonly states: StepFunctions;
  readonly events: Events;
  /** Answers a request of an AWS client, which may be unsigned. Never rejects. */
  answerAws(request: Request): Promise<Reply>;
  /** All messages of all queues, in the order in which they were sent. */
  messages(): readonly KeptMessage[];
  /** The items of a table, in DynamoDB's own JSON. */
  items(table: string): readonly Item[];
  /** All executions that are not forgotten. */
  executions(): readonly StatusChange[];
}

/** For simulations: the caller runs the functions, hands out the messages of queues and moves the clock. */
export function openInProcess(options: InProcessOptions): InProcessCloud {
  const { stack, store, ports, invoke, observe, around = (perform) => perform } = options;
  const environment = { region: stack.region, accountId: stack.accountId };
  const authorize = (): void => {};
  const dynamodb = createDynamoDb({
    tables: stack.resources('aws_dynamodb_table'),
    items: [],
    environment,
    authorize,
    store,
    ports,
    observe,
  });
  const messaging = createMessaging({
    ...messagingResources(stack),
    environment,
    authorize,
    authorizeService: authorize,
    publicUrl: () => 'http://sqs.local',
    store,
    ports,
    ...(observe !== undefined && { observe }),
    warn: () => {},
  });
  const events = createEvents({
    rules: stack.resources('aws_cloudwatch_event_rule'),
    targets: stack.resources('aws_cloudwatch_event_target'),
    environment,
    authorize,
    sendToQueue: (queueArn, body, sourceArn, attributes) =>
      messaging.sendAsService({ principal: 'events.amazonaws.com', queueArn, body, sourceArn, attributes }),
    invokeFunction: async (arn, payload) => {
      await invoke(arn, payload, OUTSIDE);
      return { ended: Promise.resolve() };
    },
    schedule: { disabled: true },
    ports,
    warn: () => {},
  });
  const { sqs, sns } = messaging;
  const states = createStepFunctions({
    machines: options.machines ?? machinesOf(stack),
    environment,
    authorize,
    tasks: around(createTaskPort({ invokeFunction: invoke, services: { dynamodb, sqs, sns } })),
    onStatusChange: (change) => void events.put(executionStatusEvent(change, environment, ports.randomness)),
    store,
    ports,
    observe,
  });
  return {
    dynamodb,
    sqs,
    sns,
    states,
    events,
    answerAws: createAwsCalls({
      services: { dynamodb, sqs, sns, states },
      wires,
      callerOf: () => OUTSIDE,
      logFault: (text) => {
        throw new Error(text);
      },
    }),
    messages: () => [...messagesOf(store).entries()].map(([, { queue, message }]) => ({ ...message, queue })),
    items: (table) => [...store.collection<Item>(`items of ${table}`).entries()].map(([, item]) => item),
    executions: () => [...store.collection<StatusChange>('executions').entries()].map(([, change]) => change),
    async close() {
      await states.close();
      await events.close();
      await messaging.close();
      await dynamodb.close();
    },
  };
}
