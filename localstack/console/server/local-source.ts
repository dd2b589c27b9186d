/** The local cloud of this process as a source. */

import { AwsError, type AwsService, type Cloud, createSources, OUTSIDE } from '#embedded/index.ts';
import { type OperatorClients, stageClients } from '#infra/operations/stage-clients.ts';
import { demoCustomer, demoFlightId } from '#schema/demo-request.ts';
import { tripIdOf } from '#schema/saga-input.ts';
import { builtFacts } from '../build/index.ts';
import type { MessageRow } from '../model/trouble.ts';
import { type BookingApi, bookingApi } from './booking-api.ts';
import * as legFacts from './leg-facts.ts';
import { type LegFacts, presentFacts } from './present-facts.ts';
import { sdkCalls } from './sdk-calls.ts';
import { type AwsCall, AwsFailure, type AwsServiceName, type BookRequest, type Source } from './source.ts';
import type { AlarmDefinition } from './trouble/alarm-definition.ts';

/** Its stack has a state machine. */
export function localSource(cloud: Cloud): Source {
  const machine = cloud.stack.resources('aws_sfn_state_machine')[0]?.attributes;
  const machineArn = String(machine?.arn);
  const isOpenDemo = cloud.stack
    .resources('aws_apigatewayv2_route')
    .some(({ attributes }) => attributes.route_key === '$default');
  const clients = stageClients({ stage: 'local', region: cloud.stack.region }, { AWS_ENDPOINT_URL: cloud.awsUrl });
  const call = callOf(cloud, clients);
  const { apiUrl, issuer } = cloud;
  const facts = presentFacts({
    first: legFacts,
    definition: String(machine?.definition),
    present: async () =>
      String((await call('states', 'DescribeStateMachine', { stateMachineArn: machineArn })).definition),
    load: async () => (await builtFacts()) as LegFacts,
  });
  const api = issuer === undefined ? undefined : bookingApi(apiUrl, issuer, facts);
  return {
    target: 'the local cloud',
    machineArn,
    stage: 'local',
    clients,
    alarms: cloud.stack
      .resources('aws_cloudwatch_metric_alarm')
      .map(({ attributes }) => attributes as unknown as AlarmDefinition),
    mails: () => mailsOf(cloud.awsUrl),
    tableName: String(cloud.stack.resources('aws_dynamodb_table')[0]?.attributes.name),
    call,
    actions: true,
    isLimited: false,
    choices: facts,
    flights: api?.flights,
    book: isOpenDemo
      ? (request) => book(apiUrl, api, (trip) => newestRunOf(trip, call, machineArn), request)
      : undefined,
    cancel: api?.cancel,
    intercept: cloud.stepFunctions.intercept,
    observe: cloud.observe,
    placeOf: createSources('dist/source-maps'),
  };
}

interface KeptMail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: string;
}

async function mailsOf(awsUrl: string): Promise<MessageRow[]> {
  const { emails } = (await (await fetch(`${awsUrl}/_local/emails`)).json()) as { readonly emails: KeptMail[] };
  return emails.map(({ to, subject, body, sentAt }) => ({
    at: Date.parse(sentAt),
    kind: 'mail',
    to,
    title: subject,
    body,
  }));
}

/** Without a socket where the cloud's service can be called at once. */
function callOf(cloud: Cloud, clients: OperatorClients): AwsCall {
  const services: Readonly<Partial<Record<AwsServiceName, AwsService>>> = {
    states: cloud.stepFunctions,
    dynamodb: cloud.dynamodb,
    sqs: cloud.sqs,
  };
  const byClient = sdkCalls(clients, cloud.awsUrl);
  return async (service, operation, input) => {
    const local = services[service];
    if (local === undefined) return byClient(service, operation, input);
    try {
      return await local.call(operation, { ...input }, OUTSIDE);
    } catch (error) {
      if (error instanceof AwsError) throw new AwsFailure(error.code, error.message, error.statusCode);
      throw error;
    }
  };
}

/** By the demo route, whose charge is authorized already; a customer, a flight or legs of one's own ask for the real one. */
async function book(
  apiUrl: string,
  api: BookingApi | undefined,
  newestRun: (trip: string) => Promise<string>,
  request: BookRequest,
): Promise<string> {
  const { customer = demoCustomer, flight = demoFlightId, legs, trip } = request;
  if (request.customer === undefined && request.flight === undefined && legs === undefined) {
    return bookDemo(apiUrl, request);
  }
  if (api === undefined) throw new AwsFailure('NotPossible', 'This stack has no customers, only the demo', 409);
  const booked = await api.book({ ...request, customer, flight });
  return newestRun(trip ?? booked);
}

async function bookDemo(apiUrl: string, { runType, trip, cancelFailureRate }: BookRequest): Promise<string> {
  const query = new URLSearchParams({ runType });
  if (trip !== undefined) query.set('tripID', trip);
  if (cancelFailureRate !== undefined) query.set('cancelFailureRate', String(cancelFailureRate));
  const response = await fetch(`${apiUrl}/?${query}`);
  const answer = (await response.json()) as { message?: string; executionId?: string };
  if (answer.executionId === undefined) throw new AwsFailure('NotBooked', answer.message ?? '', response.status);
  return answer.executionId;
}

/** The name of a trip's newest run. */
async function newestRunOf(trip: string, call: AwsCall, stateMachineArn: string): Promise<string> {
  const { executions } = await call('states', 'ListExecutions', { stateMachineArn, maxResults: 1_000 });
  const run = (executions as { name: string }[]).find(({ name }) => tripIdOf(name) === trip);
  if (run === undefined) throw new AwsFailure('NotStarted', `No run of trip ${trip} has started yet`, 409);
  return run.name;
}
