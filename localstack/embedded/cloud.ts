import type { Cloud, CloudOptions } from './cloud-contract.ts';
import { createEndpoint } from './endpoint/index.ts';
import { type Front, openEngines } from './engines.ts';
import { createHomePage } from './home-page.ts';
import type { HttpApi } from './http-api/index.ts';
import { openHttpApi } from './http-api/open-http-api.ts';
import { createIam } from './iam/index.ts';
import { issuerOf } from './issuer/stack-issuer.ts';
import { checkFunction } from './lambda/checks.ts';
import { localPages } from './local-pages.ts';
import { createLogs } from './logs/index.ts';
import { createEventSourceMappings } from './messaging/event-source-mapping.ts';
import { createObserver } from './observer.ts';
import { createParts } from './parts.ts';
import { systemPorts } from './ports.ts';
import { openServices, wires } from './services.ts';
import { loadStack } from './stack/index.ts';
import { createSwap } from './swap.ts';
import { OUTSIDE, type Stack } from './types.ts';

export type { Cloud, CloudOptions, LocalPages } from './cloud-contract.ts';

/**
 * Starts everything that the synthesized stack describes, in this process.
 * @throws Error that says what is wrong and what to do: a bad stack file, a missing bundle, a port in use
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { keyFile, synthesizeCommand, host } = options;
  const load = (file = options.stackFile) => {
    const loaded = loadStack(file, { synthesizeCommand });
    loaded.resources('aws_lambda_function').forEach(checkFunction);
    return loaded;
  };
  const stack = load();
  /** What is read of the stack later is what runs by then. */
  let present = stack;
  const live: Stack = { ...stack, resources: (type) => present.resources(type) };
  const environment = { region: stack.region, accountId: stack.accountId };
  const { ports = systemPorts } = options;
  const { observe, subscribe } = createObserver(ports.clock);
  const iam = createIam(stack, observe);
  const { warn = console.warn } = options;
  const logs = createLogs({ observe });
  const { opened, close } = createParts();

  let running: Cloud | undefined;

  try {
    const { promise: ready, resolve: beginDeliveries } = Promise.withResolvers<void>();
    const front: Front = { awsUrl: '', apiUrl: '', answerAws: undefined };
    const parts = { options, stack, live, front, iam, logs, ports, observe, warn, ready, opened };
    const { mailbox, functions, admitService, meter, ...engines } = await openEngines(parts);
    const { dynamodb, sqs, lambda, events, states } = engines;
    const issuer = await issuerOf(stack, { servedAt: () => front.awsUrl, ...(keyFile !== undefined && { keyFile }) });
    const projectPages = options.pages?.({ stack, issuer, apiUrl: () => front.apiUrl });
    const pages = { ...localPages(live, logs, mailbox, issuer), ...projectPages };
    const openedAt = ports.clock.now();
    const endpoint = opened(
      await createEndpoint({
        services: openServices({
          ...engines,
          stack: live,
          environment,
          iam,
          logs,
          openedAt,
          apiUrl: () => front.apiUrl,
          meter,
        }),
        wires,
        callerOf: iam.callerOf,
        port: options.awsPort,
        host,
        document: (path) => issuer?.document(path),
        local: pages,
        home: createHomePage(stack, {
          apiUrl: () => front.apiUrl,
          awsUrl: () => front.awsUrl,
          page: () => running && options.page?.(running),
          pages,
        }),
      }),
    );
    front.awsUrl = endpoint.url;
    front.answerAws = endpoint.answer;
    opened(
      createEventSourceMappings({
        mappings: stack.resources('aws_lambda_event_source_mapping'),
        functions,
        queues: stack.resources('aws_sqs_queue'),
        sqs,
        invoke: (functionArn, payload, signal) => lambda.invoke(functionArn, payload, OUTSIDE, signal),
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
        invoke: async (functionArn, payload, sourceArn, signal) => {
          admitService('apigateway.amazonaws.com', functionArn, sourceArn);
          return lambda.invoke(functionArn, payload, OUTSIDE, signal);
        },
        logs,
        observe,
      });
      front.apiUrl = opened(httpApi).url;
    }
    beginDeliveries();
    running = {
      apiUrl: front.apiUrl,
      awsUrl: front.awsUrl,
      issuer,
      stack,
      iam,
      lambda,
      stepFunctions: states,
      events,
      logs,
      dynamodb,
      sqs,
      observe: subscribe,
      mount: (path, listener) => httpApi?.mount(path, listener),
      swap: createSwap({
        stack,
        stackFile: options.stackFile,
        load,
        iam,
        lambda,
        stepFunctions: states,
        httpApi,
        took(next) {
          present = next;
        },
      }),
      close,
    };
    return running;
  } catch (error) {
    await close();
    throw error;
  }
}
