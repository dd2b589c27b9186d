import { parsedObject } from './json.ts';
import type { Change } from './reading/change.ts';

type Words = (values: Readonly<Record<string, unknown>>) => string;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Without the prefix that all names of a stage have, where it can be told. */
const short = (value: unknown): string => text(value).replace(/^booking-saga-[a-z0-9]+-/, '');

const words: Readonly<Record<string, Words>> = {
  aws_apigatewayv2_api: () => 'the HTTP API',
  aws_apigatewayv2_authorizer: () => 'the authorizer of the HTTP API',
  aws_apigatewayv2_route: ({ route_key }) =>
    route_key === '$default' ? 'the demo route' : `the route ${text(route_key)}`,
  aws_apigatewayv2_stage: () => 'the stage of the HTTP API',
  aws_cloudwatch_event_rule: ({ name }) => `the rule ${short(name)}`,
  aws_cloudwatch_log_group: ({ name }) => `the log ${text(name)}`,
  aws_cloudwatch_metric_alarm: ({ alarm_name }) => `the alarm ${short(alarm_name)}`,
  aws_cognito_user_pool: () => 'the user pool with its customers',
  aws_dynamodb_table: () => 'the table with all bookings',
  aws_dynamodb_table_item: ({ item }) => `the item ${idOfItem(item)} of the table`,
  aws_iam_role: ({ name }) => `the role ${short(name)}`,
  aws_iam_role_policy: ({ role }) => `the policy of the role ${short(role) || 'of a function'}`,
  aws_lambda_event_source_mapping: () => 'what gives a queue’s messages to its function',
  aws_lambda_function: ({ function_name }) => `the function ${short(function_name)}`,
  aws_lambda_permission: ({ principal, function_name }) =>
    `${text(principal)}’s permission to call ${short(function_name)}`,
  aws_sfn_state_machine: () => 'the state machine',
  aws_sns_topic: ({ name }) => `the topic ${short(name)}`,
  aws_sqs_queue: ({ name }) => `the queue ${short(name)}`,
  aws_ssm_parameter: ({ name }) => `the parameter ${text(name)}`,
};

/** A resource in the service's own words; by its address where there are none. */
export function wordsFor({ type, address, before, after }: Change): string {
  // A reference is no name that a person knows.
  const values = { ...before, ...after };
  const readable = Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value !== 'string' || !value.startsWith('${')),
  );
  return words[type]?.(readable) ?? address;
}

/** At the beginning of a sentence. */
export const capital = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1);

function idOfItem(item: unknown): string {
  const { id } = (parsedObject(text(item)) ?? {}) as { id?: { S?: string } };
  return id?.S ?? '';
}
