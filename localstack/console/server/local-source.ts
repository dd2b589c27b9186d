/** The local cloud of this process as a source. */

import { AwsError, type AwsService, type Cloud, createSources, OUTSIDE } from '#embedded/index.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { stageClients } from '#infra/operations/stage-clients.ts';
import { demoCustomer, demoFlightId } from '#schema/demo-request.ts';
import { tripIdOf } from '#schema/saga-input.ts';
import type { MessageRow } from '../model/trouble.ts';
import { type BookingApi, bookingApi, legNames } from './booking-api.ts';
import { endpointCalls } from './endpoint-calls.ts';
import { type AwsCall, AwsFailure, type AwsServiceName, type BookRequest, type Source } from './source.ts';
import type { AlarmDefinition } from './trouble/alarm-definition.ts';

/** Its stack has a state machine. */
export function localSource(cloud: Cloud): Source {
  const machineArn = String(cloud.stack.resources('aws_sfn_state_machine')[0]?.attributes.arn);
  const isOpenDemo = cloud.stack
    .resources('aws_apigatewayv2_route')
    .some(({ attributes }) => attributes.route_key === '$default');
  const call = callOf(cloud);
  const { apiUrl, issuer } = cloud;
  const api = issuer === undefined ? undefined : bookingApi(apiUrl, issuer);
  return {
    target: 'the local cloud',
    machineArn,
    stage: 'local',
    clients: stageClients({ stage: 'local', region: cloud.stack.region }, { AWS_ENDPOINT_URL: cloud.awsUrl }),
    alarms: cloud.stack
      .resources('aws_cloudwatch_metric_alarm')
      .map(({ attributes }) => attributes as unknown as AlarmDefinition),
    mails: () => mailsOf(cloud.awsUrl),
    tableName: String(cloud.stack.resources('aws_dynamodb_table')[0]?.attributes.name),
    call,
    actions: true,
    isLimited: false,
    runTypes: Object.entries(failingStateByRunType).map(([name, fails]) => ({ name, fails })),
    legs: legNames,
    flights: api?.flights,
    book: isOpenDemo ? (request) => book(apiUrl, api, runNames(call, machineArn), request) : undefined,
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

function callOf(cloud: Cloud): AwsCall {
  const services: Readonly<Partial<Record<AwsServiceName, AwsService>>> = {
    states: cloud.stepFunctions,
    dynamodb: cloud.dynamodb,
    sqs: cloud.sqs,
  };
  const endpoint = endpointCalls(cloud.awsUrl);
  return async (service, operation, input) => {
    const local = services[service];
    if (local === undefined) return endpoint(service, operation, input);
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
  runs: RunNames,
  request: BookRequest,
): Promise<string> {
  const { customer = demoCustomer, flight = demoFlightId, legs, trip } = request;
  if (request.customer === undefined && request.flight === undefined && legs === undefined) {
    return bookDemo(apiUrl, request);
  }
  if (api === undefined) throw new AwsFailure('NotPossible', 'This stack has no customers, only the demo', 409);
  const booked = await api.book({ ...request, customer, flight });
  return runs.newestOf(trip ?? booked);
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

interface RunNames {
  /** The name of a trip's newest run. */
  newestOf(trip: string): Promise<string>;
}

const runNames = (call: AwsCall, stateMachineArn: string): RunNames => ({
  async newestOf(trip) {
    const { executions } = await call('states', 'ListExecutions', { stateMachineArn, maxResults: 1_000 });
    const run = (executions as { name: string }[]).find(({ name }) => tripIdOf(name) === trip);
    if (run === undefined) throw new AwsFailure('NotStarted', `No run of trip ${trip} has started yet`, 409);
    return run.name;
  },
});
