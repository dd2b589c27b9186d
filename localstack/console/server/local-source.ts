/** The local cloud of this process as a source. */

import { AwsError, type AwsService, type Cloud, createSources, OUTSIDE } from '#embedded/index.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { endpointCalls } from './endpoint-calls.ts';
import { type AwsCall, AwsFailure, type AwsServiceName, type BookRequest, type Source } from './source.ts';

/** Its stack has a state machine. */
export function localSource(cloud: Cloud): Source {
  const machineArn = String(cloud.stack.resources('aws_sfn_state_machine')[0]?.attributes.arn);
  const isOpenDemo = cloud.stack
    .resources('aws_apigatewayv2_route')
    .some(({ attributes }) => attributes.route_key === '$default');
  return {
    target: 'the local cloud',
    machineArn,
    tableName: String(cloud.stack.resources('aws_dynamodb_table')[0]?.attributes.name),
    call: callOf(cloud),
    actions: true,
    runTypes: Object.entries(failingStateByRunType).map(([name, fails]) => ({ name, fails })),
    book: isOpenDemo ? (request) => bookDemo(cloud.apiUrl, request) : undefined,
    observe: cloud.observe,
    placeOf: createSources('dist/source-maps'),
  };
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

/** By the demo route, whose charge is authorized already. */
async function bookDemo(apiUrl: string, { runType, trip, cancelFailureRate }: BookRequest): Promise<string> {
  const query = new URLSearchParams({ runType });
  if (trip !== undefined) query.set('tripID', trip);
  if (cancelFailureRate !== undefined) query.set('cancelFailureRate', String(cancelFailureRate));
  const response = await fetch(`${apiUrl}/?${query}`);
  const answer = (await response.json()) as { message?: string; executionId?: string };
  if (answer.executionId === undefined) throw new AwsFailure('NotBooked', answer.message ?? '', response.status);
  return answer.executionId;
}
