import { join } from 'node:path';
import { createDynamoDb } from './dynamodb/index.ts';
import { createEndpoint } from './endpoint/index.ts';
import { executionStatusEvent } from './events/execution-status.ts';
import { createEvents, type Events } from './events/index.ts';
import { environmentOf } from './function-environment.ts';
import { graphiqlRoutes } from './graphiql/index.ts';
import { createHttpApi } from './http-api/index.ts';
import { createIam, type Iam } from './iam/index.ts';
import { issuerOf } from './issuer/stack-issuer.ts';
import { openJournal } from './journal.ts';
import { createLambda, type LambdaService } from './lambda/index.ts';
import { localPages } from './local-pages.ts';
import { createLogs, type Logs } from './logs/index.ts';
import { createEventSourceMappings } from './messaging/event-source-mapping.ts';
import { createMessaging } from './messaging/index.ts';
import { createMailbox } from './messaging/mailbox.ts';
import { createSsm } from './ssm/index.ts';
import { loadStack } from './stack/index.ts';
import { createStepFunctions, keepExecutions, type StatusChange, type StepFunctions } from './stepfunctions/index.ts';
import { createTaskPort } from './stepfunctions/tasks.ts';
import { type AwsService, type Closable, OUTSIDE, type Stack, type StackResource } from './types.ts';

export interface CloudOptions {
  /** The synthesized `cdk.tf.json`. */
  readonly stackFile: string;
  /** Port of the HTTP API; 0 takes any free one. */
  readonly port: number;
  /** Port of the AWS endpoint; 0 takes any free one. */
  readonly awsPort: number;
  /** Folder that keeps the table, the messages of the stack's queues and the executions' names; memory without. */
  readonly dataFolder?: string | undefined;
  /** Multiplies the state machine's retry delays. */
  readonly retryScale?: number | undefined;
  /** Whether scheduled rules fire by themselves. */
  readonly schedules?: boolean;
  /** Milliseconds after which a failed queue message is handed out again, instead of its queue's visibility time-out. */
  readonly queueRetryDelayMs?: number | undefined;
  /** Copies the functions' logs to stderr. */
  readonly echoLogs?: boolean;
  /** Told of deliveries that were lost and pollers that stand still; standard error by default. */
  readonly warn?: (message: string) => void;
}

/** The running local cloud; tests reach into its parts, everybody else uses its two URLs. */
export interface Cloud extends Closable {
  readonly apiUrl: string;
  readonly awsUrl: string;
  /** Where GraphiQL is, on stages that have it. */
  readonly graphiqlUrl: string | undefined;
  readonly stack: Stack;
  readonly iam: Iam;
  readonly lambda: LambdaService;
  readonly stepFunctions: StepFunctions;
  readonly events: Events;
  readonly logs: Logs;
  readonly dynamodb: AwsService;
  readonly sqs: AwsService;
}

/**
 * Starts everything that the synthesized stack describes, in this process.
 * @throws Error that says what is wrong and what to do: a bad stack file, a missing bundle, a port in use
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const stack = loadStack(options.stackFile);
  const environment = { region: stack.region, accountId: stack.accountId };
  const iam = createIam(stack);
  const { authorize, authorizeService } = iam;
  const { warn = console.warn } = options;
  const logs = createLogs({ echo: options.echoLogs ?? false });
  const closables: Closable[] = [];
  const opened = <T extends Closable>(part: T): T => {
    closables.push(part);
    return part;
  };
  let closing = false;
  const close = async (): Promise<void> => {
    closing = true;
    // Last opened, first closed: what sends stops before what it sends to.
    for (const part of closables.splice(0).reverse()) await part.close();
  };

  try {
    const tables = stack.resources('aws_dynamodb_table');
    const { dataFolder } = options;
    const dynamodb = opened(
      await createDynamoDb({
        tables,
        items: stack.resources('aws_dynamodb_table_item'),
        environment,
        authorize,
        ...(dataFolder === undefined ? {} : { path: dataFolder }),
      }).catch((error: unknown) => {
        throw dataFolder === undefined ? error : unusableFolder(dataFolder, error);
      }),
    );
    // Behind the table's lock: nobody else has the folder now.
    const journal = dataFolder === undefined ? undefined : opened(openJournal(join(dataFolder, 'journal.jsonl')));
    // Functions and queue URLs name the endpoint, which can only listen once there is something to serve.
    let awsUrl = '';
    let apiUrl = '';
    const mailbox = createMailbox((message) =>
      logs.write('/local/emails', 'sns', [{ timestamp: Date.now(), message }]),
    );
    const messaging = opened(
      await createMessaging({
        topics: stack.resources('aws_sns_topic'),
        subscriptions: stack.resources('aws_sns_topic_subscription'),
        queues: stack.resources('aws_sqs_queue'),
        queuePolicies: stack.resources('aws_sqs_queue_policy'),
        redriveAllowPolicies: stack.resources('aws_sqs_queue_redrive_allow_policy'),
        environment,
        authorize,
        authorizeService,
        publicUrl: () => awsUrl,
        journal,
        mailbox,
        warn,
      }),
    );
    const functions = stack.resources('aws_lambda_function');
    const lambda = opened(
      await createLambda({
        functions,
        stackFolder: stack.folder,
        environment,
        authorize,
        environmentFor: (fn) => environmentOf(fn, { iam, awsUrl }),
        logs,
        eventInvokeConfigs: stack.resources('aws_lambda_function_event_invoke_config'),
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
          messaging.sendAsService({
            principal: 'events.amazonaws.com',
            queueArn,
            body,
            sourceArn,
            ...(attributes && { attributes }),
          }),
        // Delivered with its acceptance: what the function makes of it is Lambda's affair, as on AWS.
        invokeFunction: async (functionArn, payload, sourceArn) => {
          admitService('events.amazonaws.com', functionArn, sourceArn);
          await lambda.invokeEvent(functionArn, payload, OUTSIDE);
        },
        schedule: { disabled: options.schedules === false },
        warn,
      }),
    );
    const machines = stack.resources('aws_sfn_state_machine').map(machineOf);
    const machineArns = machines.map(({ arn }) => arn);
    const kept = journal && keepExecutions(journal, machineArns);
    const tell = (change: StatusChange): void => {
      kept?.note(change);
      void events.put(executionStatusEvent(change, environment)).then(() => {
        // A delivery that the shutdown cut short is tried again at the next start.
        if (!closing) kept?.told(change);
      });
    };
    const stepFunctions = opened(
      createStepFunctions({
        machines,
        environment,
        authorize,
        tasks: createTaskPort({
          invokeFunction: (arn, payload, caller) => lambda.invoke(arn, payload, caller),
          services: { dynamodb, sqs: messaging.sqs, sns: messaging.sns },
        }),
        onStatusChange: tell,
        former: kept?.former,
        retryScale: options.retryScale ?? 1,
      }),
    );
    for (const change of kept?.untold ?? []) tell(change);
    if (kept?.aborted)
      warn(`Executions that were under way when the local cloud stopped end as ABORTED: ${kept.aborted}`);
    for (const { attributes } of stack.resources('aws_sfn_state_machine')) {
      iam.assertTrust(String(attributes.role_arn), 'states.amazonaws.com');
    }
    const issuer = await issuerOf(stack, { servedAt: () => awsUrl });
    const graphiql = graphiqlRoutes(stack, issuer, () => apiUrl);
    const ssm = createSsm({ parameters: stack.resources('aws_ssm_parameter'), environment, authorize });
    const services = {
      dynamodb,
      states: stepFunctions,
      sqs: messaging.sqs,
      sns: messaging.sns,
      lambda,
      ssm,
      events,
    };
    const endpoint = opened(
      await createEndpoint({
        services,
        callerOf: iam.callerOf,
        port: options.awsPort,
        document: (path) => issuer?.document(path),
        local: { ...localPages(logs, mailbox, issuer), ...graphiql },
      }),
    );
    awsUrl = endpoint.url;
    opened(
      createEventSourceMappings({
        mappings: stack.resources('aws_lambda_event_source_mapping'),
        functions,
        sqs: messaging.sqs,
        invoke: (functionArn, payload) => lambda.invoke(functionArn, payload, OUTSIDE),
        retryDelayMs: options.queueRetryDelayMs,
        warn,
      }),
    );
    const httpApi = opened(
      await createHttpApi({
        api: onlyOne(stack, 'aws_apigatewayv2_api'),
        stage: onlyOne(stack, 'aws_apigatewayv2_stage'),
        routes: stack.resources('aws_apigatewayv2_route'),
        integrations: stack.resources('aws_apigatewayv2_integration'),
        authorizers: stack.resources('aws_apigatewayv2_authorizer'),
        issuers: (url) => (url === issuer?.issuer ? issuer.keys : undefined),
        environment,
        port: options.port,
        invoke: async (functionArn, payload, sourceArn) => {
          admitService('apigateway.amazonaws.com', functionArn, sourceArn);
          return lambda.invoke(functionArn, payload, OUTSIDE);
        },
        logs,
      }),
    );
    apiUrl = httpApi.url;
    return {
      apiUrl,
      awsUrl,
      graphiqlUrl: 'graphiql' in graphiql ? `${awsUrl}/_local/graphiql` : undefined,
      stack,
      iam,
      lambda,
      stepFunctions,
      events,
      logs,
      dynamodb,
      sqs: messaging.sqs,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function unusableFolder(folder: string, error: unknown): Error {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
  return new Error(
    `The data folder ${folder} can't be used (${reason}). Another local cloud may have it open, or it is no folder that may be written to: choose another one with --data`,
    { cause: error },
  );
}

function machineOf({ attributes }: StackResource) {
  return {
    name: String(attributes.name),
    arn: String(attributes.arn),
    roleArn: String(attributes.role_arn),
    definition: JSON.parse(String(attributes.definition)) as object,
    type: 'STANDARD' as const,
  };
}

function onlyOne(stack: Stack, type: string): StackResource {
  const [resource, ...more] = stack.resources(type);
  if (resource === undefined || more.length > 0) {
    throw new Error(`The stack has ${more.length + (resource ? 1 : 0)} ${type}; the local cloud serves exactly one`);
  }
  return resource;
}
