import type { Cloud, CloudOptions } from './cloud-contract.ts';
import { createEndpoint, type Endpoint } from './endpoint/index.ts';
import { createEvents } from './events/index.ts';
import { environmentOf } from './function-environment.ts';
import { createHomePage } from './home-page.ts';
import type { HttpApi } from './http-api/index.ts';
import { openHttpApi } from './http-api/open-http-api.ts';
import { createIam } from './iam/index.ts';
import { issuerOf } from './issuer/stack-issuer.ts';
import { createLambda } from './lambda/index.ts';
import { localPages } from './local-pages.ts';
import { createLogs } from './logs/index.ts';
import { createEventSourceMappings } from './messaging/event-source-mapping.ts';
import { createMessaging, messagingResources } from './messaging/index.ts';
import { createMailbox } from './messaging/mailbox.ts';
import { createObserver } from './observer.ts';
import { openData } from './open-data.ts';
import { openStepFunctions } from './open-step-functions.ts';
import { createParts } from './parts.ts';
import { systemPorts } from './ports.ts';
import { openServices, wires } from './services.ts';
import { loadStack } from './stack/index.ts';
import { createTaskPort } from './stepfunctions/tasks.ts';
import { createSwap } from './swap.ts';
import { OUTSIDE, type Stack } from './types.ts';

export type { Cloud, CloudOptions, LocalPages } from './cloud-contract.ts';

/**
 * Starts everything that the synthesized stack describes, in this process.
 * @throws Error that says what is wrong and what to do: a bad stack file, a missing bundle, a port in use
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { keyFile, synthesizeCommand, tempFolder, host } = options;
  const load = (file = options.stackFile) => loadStack(file, { synthesizeCommand });
  const stack = load();
  /** What is read of the stack later is what runs by then. */
  let present = stack;
  const live: Stack = { ...stack, resources: (type) => present.resources(type) };
  const environment = { region: stack.region, accountId: stack.accountId };
  const { ports = systemPorts } = options;
  const { observe, subscribe } = createObserver(ports.clock);
  const iam = createIam(stack, observe);
  const { authorize, authorizeService } = iam;
  const { warn = console.warn } = options;
  const logs = createLogs({ observe });
  const { opened, close } = createParts();

  try {
    const { dynamodb, store } = opened(
      await openData(stack, { authorize, folder: options.dataFolder, ports, observe }),
    );
    // Functions and queue URLs name the endpoint, which can only listen once there is something to serve.
    let awsUrl = '';
    let apiUrl = '';
    let answerAws: Endpoint['answer'] | undefined;
    const mailbox = createMailbox(store, (message) =>
      logs.write('/local/emails', 'sns', [{ timestamp: Date.now(), message }]),
    );
    const messaging = opened(
      createMessaging({
        ...messagingResources(stack),
        environment,
        authorize,
        authorizeService,
        publicUrl: () => awsUrl,
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
        tempFolder,
        environment,
        authorize,
        environmentFor: (fn) => environmentOf(fn, { iam, awsUrl }),
        logs,
        isolation: options.isolation,
        answerAws: options.awsCalls === 'http' ? undefined : (request) => (answerAws as Endpoint['answer'])(request),
        scheduler: ports.scheduler,
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
          await lambda.invokeEvent(functionArn, payload, OUTSIDE);
        },
        schedule: { disabled: options.schedules === false },
        ports,
        warn,
      }),
    );
    const stepFunctions = opened(
      openStepFunctions({
        stack,
        authorize,
        assertTrust: iam.assertTrust,
        tasks: createTaskPort({
          invokeFunction: (arn, payload, caller) => lambda.invoke(arn, payload, caller),
          services: { dynamodb, sqs: messaging.sqs, sns: messaging.sns },
        }),
        store,
        events,
        retryScale: options.retryScale ?? 1,
        ports,
        observe,
        warn,
      }),
    );
    const issuer = await issuerOf(stack, { servedAt: () => awsUrl, ...(keyFile !== undefined && { keyFile }) });
    const projectPages = options.pages?.({ stack, issuer, apiUrl: () => apiUrl });
    const pages = { ...localPages(live, logs, mailbox, issuer), ...projectPages };
    const { sqs, sns } = messaging;
    const openedAt = ports.clock.now();
    const engines = { dynamodb, states: stepFunctions, sqs, sns, lambda, events };
    const endpoint = opened(
      await createEndpoint({
        services: openServices({ ...engines, stack: live, environment, iam, logs, openedAt, apiUrl: () => apiUrl }),
        wires,
        callerOf: iam.callerOf,
        port: options.awsPort,
        host,
        document: (path) => issuer?.document(path),
        local: pages,
        home: createHomePage(stack, { apiUrl: () => apiUrl, awsUrl: () => awsUrl, pages }),
      }),
    );
    awsUrl = endpoint.url;
    answerAws = endpoint.answer;
    opened(
      createEventSourceMappings({
        mappings: stack.resources('aws_lambda_event_source_mapping'),
        functions,
        sqs: messaging.sqs,
        invoke: (functionArn, payload) => lambda.invoke(functionArn, payload, OUTSIDE),
        retryDelayMs: options.queueRetryDelayMs,
        ports,
        warn,
      }),
    );
    let httpApi: HttpApi | undefined;
    if (stack.resources('aws_apigatewayv2_api').length > 0) {
      httpApi = await openHttpApi(stack, {
        issuer,
        port: options.port,
        host,
        invoke: async (functionArn, payload, sourceArn) => {
          admitService('apigateway.amazonaws.com', functionArn, sourceArn);
          return lambda.invoke(functionArn, payload, OUTSIDE);
        },
        logs,
        observe,
      });
      apiUrl = opened(httpApi).url;
    }
    return {
      apiUrl,
      awsUrl,
      issuer,
      stack,
      iam,
      lambda,
      stepFunctions,
      events,
      logs,
      dynamodb,
      sqs,
      observe: subscribe,
      swap: createSwap({
        stack,
        stackFile: options.stackFile,
        load,
        iam,
        lambda,
        stepFunctions,
        httpApi,
        took(next) {
          present = next;
        },
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
