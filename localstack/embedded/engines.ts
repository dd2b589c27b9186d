import type { CloudOptions } from './cloud-contract.ts';
import type { Endpoint } from './endpoint/index.ts';
import { createEvents } from './events/index.ts';
import { environmentOf } from './function-environment.ts';
import type { Iam } from './iam/index.ts';
import { createLambda } from './lambda/index.ts';
import type { Logs } from './logs/index.ts';
import { createMessaging, messagingResources } from './messaging/index.ts';
import { createMailbox } from './messaging/mailbox.ts';
import { metered, meteredDatabase } from './meter.ts';
import type { Observe } from './observer.ts';
import { openData } from './open-data.ts';
import { openStepFunctions } from './open-step-functions.ts';
import type { Ports } from './ports.ts';
import { createTaskPort } from './stepfunctions/tasks.ts';
import { type AwsService, type Closable, OUTSIDE, type Stack } from './types.ts';

/** Where the cloud is reached. Functions and queue URLs name it, and it can only listen once there is something to serve. */
export interface Front {
  awsUrl: string;
  apiUrl: string;
  answerAws: Endpoint['answer'] | undefined;
}

interface Parts {
  readonly options: CloudOptions;
  readonly stack: Stack;
  /** The stack that runs, also after a swap. */
  readonly live: Stack;
  readonly front: Readonly<Front>;
  readonly iam: Iam;
  readonly logs: Logs;
  readonly ports: Ports;
  readonly observe: Observe;
  readonly warn: (message: string) => void;
  /** When functions find the endpoint: what a former process left waits for it. */
  readonly ready: Promise<void>;
  /** Takes a part to be closed with the others. */
  readonly opened: <T extends Closable>(part: T) => T;
}

/** What keeps state or runs by itself, and calls each other as the services of AWS do. */
export async function openEngines(parts: Parts) {
  const { options, stack, live, front, iam, logs, ports, observe, warn, ready, opened } = parts;
  const { authorize, authorizeService } = iam;
  const environment = { region: stack.region, accountId: stack.accountId };
  const data = opened(await openData(stack, { ...options, authorize, ports, observe }));
  const { store } = data;
  const dynamodb = options.meter ? meteredDatabase(data.dynamodb, observe) : data.dynamodb;
  const meter = (name: string, service: AwsService) => (options.meter ? metered(name, service, observe) : service);
  const mailbox = createMailbox(store, (message) =>
    logs.write('/local/emails', 'sns', [{ timestamp: Date.now(), message }]),
  );
  const messaging = opened(
    createMessaging({
      ...messagingResources(stack),
      environment,
      authorize,
      authorizeService,
      publicUrl: () => front.awsUrl,
      store,
      ports,
      mailbox,
      observe,
      warn,
    }),
  );
  const functions = stack.resources('aws_lambda_function');
  const lambda = opened(
    await createLambda({
      functions,
      stackFolder: stack.folder,
      tempFolder: options.tempFolder,
      environment,
      authorize,
      environmentFor: (fn) => environmentOf(fn, { iam, awsUrl: front.awsUrl }),
      logs,
      isolation: options.isolation,
      answerAws:
        options.awsCalls === 'http' ? undefined : (request) => (front.answerAws as Endpoint['answer'])(request),
      ports,
      store,
      ready,
      eventInvokeConfigs: stack.resources('aws_lambda_function_event_invoke_config'),
      stack: live,
      sendToQueue: async (queueArn, MessageBody, caller) => {
        await messaging.sqs.call('SendMessage', { QueueUrl: queueArn.split(':').at(-1), MessageBody }, caller);
      },
      warn,
    }),
  );
  for (const { attributes } of functions) iam.assertTrust(String(attributes.role), 'lambda.amazonaws.com');

  /** Throws where the function's own policy does not let an AWS service invoke it. */
  const admitService = (principal: string, functionArn: string, sourceArn: string): void =>
    authorizeService({ principal, action: 'lambda:InvokeFunction', resource: functionArn, sourceArn });

  const events = opened(
    createEvents({
      rules: stack.resources('aws_cloudwatch_event_rule'),
      targets: stack.resources('aws_cloudwatch_event_target'),
      environment,
      authorize,
      sendToQueue: (queueArn, body, sourceArn, attributes) =>
        messaging.sendAsService({ principal: 'events.amazonaws.com', queueArn, body, sourceArn, attributes }),
      // Delivered with its acceptance: what the function makes of it is Lambda's affair, as on AWS.
      invokeFunction: async (functionArn, payload, sourceArn) => {
        admitService('events.amazonaws.com', functionArn, sourceArn);
        return lambda.invokeEvent(functionArn, payload, OUTSIDE);
      },
      schedule: { disabled: options.schedules === false },
      ports,
      store,
      ready,
      warn,
    }),
  );
  const stepFunctions = opened(
    openStepFunctions({
      stack,
      authorize,
      assertTrust: iam.assertTrust,
      tasks: createTaskPort({
        observe,
        invokeFunction: (arn, payload, caller, signal) => lambda.invoke(arn, payload, caller, signal),
        invokeEvent: lambda.invokeEvent,
        services: { dynamodb, sqs: meter('sqs', messaging.sqs), sns: meter('sns', messaging.sns) },
      }),
      store,
      events,
      retryScale: options.retryScale ?? 1,
      ports,
      observe,
      warn,
    }),
  );
  logs.include(stepFunctions.logs);
  const { sqs, sns } = messaging;
  return { store, dynamodb, meter, mailbox, sqs, sns, functions, lambda, admitService, events, states: stepFunctions };
}
