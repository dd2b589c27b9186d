import { parsedObject } from './json.ts';
import type { Change } from './reading/change.ts';

interface Named {
  /** One of them: `the function reserve-hotel`. */
  readonly one: (values: Readonly<Record<string, unknown>>) => string;
  /** `functions`, before the names of several. */
  readonly many?: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Without the prefix that all names of a stage have. */
const short = (value: unknown): string => text(value).replace(/^booking-saga-[a-z0-9]+-/, '');

const named: Readonly<Record<string, Named>> = {
  aws_apigatewayv2_api: { one: () => 'the HTTP API' },
  aws_apigatewayv2_authorizer: { one: () => 'the authorizer of the HTTP API' },
  aws_apigatewayv2_route: {
    one: ({ route_key }) => (route_key === '$default' ? 'the demo route' : `the route ${text(route_key)}`),
    many: 'routes',
  },
  aws_apigatewayv2_stage: { one: () => 'the stage of the HTTP API' },
  aws_cloudwatch_event_rule: { one: ({ name }) => `the rule ${short(name)}`, many: 'rules' },
  aws_cloudwatch_log_group: { one: ({ name }) => `the log ${text(name)}`, many: 'logs' },
  aws_cloudwatch_metric_alarm: { one: ({ alarm_name }) => `the alarm ${short(alarm_name)}`, many: 'alarms' },
  aws_cloudwatch_dashboard: { one: () => 'the dashboard' },
  aws_cognito_user_group: { one: ({ name }) => `the user group ${text(name)}` },
  aws_cognito_user_pool_client: { one: () => 'the app client of the user pool' },
  aws_cognito_user_pool_domain: { one: () => 'the domain of the sign-in pages' },
  aws_cognito_user_pool: { one: () => 'the user pool with its customers' },
  aws_dynamodb_table: { one: () => 'the table with all bookings' },
  aws_dynamodb_table_item: { one: ({ item }) => `the item ${idOfItem(item)} of the table`, many: 'items' },
  aws_iam_role: { one: ({ name }) => `the role ${short(name)}`, many: 'roles' },
  aws_lambda_function: { one: ({ function_name }) => `the function ${short(function_name)}`, many: 'functions' },
  backend: { one: () => 'the place of the state' },
  provider: { one: () => 'the provider' },
  terraform: { one: () => 'the versions of Terraform and its providers' },
  aws_sfn_state_machine: { one: () => 'the state machine' },
  aws_sns_topic: { one: ({ name }) => `the topic ${short(name)}`, many: 'topics' },
  aws_sqs_queue: { one: ({ name }) => `the queue ${short(name)}`, many: 'queues' },
  aws_ssm_parameter: { one: ({ name }) => `the parameter ${text(name)}`, many: 'parameters' },
};

/** Resources without a name of their own, by what they belong to. The construct's name comes first in the address. */
const belonging: Readonly<Record<string, string>> = {
  aws_apigatewayv2_integration: 'the integration of',

  aws_cloudwatch_event_target: 'the target of the rule of',
  aws_iam_role_policy: 'the permissions of',
  aws_lambda_event_source_mapping: 'what gives messages to',
  aws_lambda_function_url: 'the URL of',
  aws_lambda_function_event_invoke_config: 'the asynchronous settings of',
  aws_lambda_permission: 'a permission to call',
  aws_sns_topic_subscription: 'the subscription of',
  aws_sns_topic_policy: 'the topic policy of',
  aws_sqs_queue_policy: 'the queue policy of',
  aws_sqs_queue_redrive_allow_policy: 'the redrive policy of',
};

/** A resource in the service's own words; by its address where there are none. */
export function wordsFor({ type, address, before, after }: Change): string {
  const values = { ...before, ...after };
  const one = named[type]?.one(values);
  if (one !== undefined) return one;
  const of = belonging[type];
  return of === undefined ? address : `${of} ${constructOf(address)}`;
}

/** Several resources of one type in one phrase: `the 7 routes HEAD /bookings, …`, `the permissions of Bookings, …`. */
export function wordsForAll(changes: readonly Change[], shown: number): string {
  const [first] = changes;
  if (first === undefined) return '';
  if (changes.length === 1) return wordsFor(first);
  const phrases = changes.map(wordsFor);
  const { many } = named[first.type] ?? {};
  const common =
    belonging[first.type] ?? (many === undefined ? undefined : phrases[0]?.split(' ').slice(0, 2).join(' '));
  if (common === undefined || !phrases.every((phrase) => phrase.startsWith(`${common} `)))
    return listed(phrases, shown);
  const names = listed([...new Set(phrases.map((phrase) => phrase.slice(common.length + 1)))], shown);
  return many === undefined ? `${common} ${names}` : `the ${changes.length} ${many} ${names}`;
}

function listed(names: readonly string[], shown: number): string {
  const more = names.length > shown ? `, and ${names.length - shown} more` : '';
  return `${names.slice(0, shown).join(', ')}${more}`;
}

/** At the beginning of a sentence. */
export const capital = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1);

/** `aws_iam_role_policy.CancelBooking_Access_Policy_EB44E76C` → `CancelBooking`: CDKTF joins the path and a hash. */
function constructOf(address: string): string {
  const path = address.slice(address.lastIndexOf('.') + 1);
  // Of the HTTP API's many parts it is the second name that tells them apart.
  return path.replace(/^HttpApi_(?=[^_]*_[^_]*_)/, '').replace(/_.*/, '');
}

/** A text for people: references without type and hash, as in `${BookingTable.arn}`. */
export const readable = (words: string): string =>
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what replaceAll puts in place of the match
  words.replaceAll(/\$\{aws_[a-z0-9_]+\.([A-Za-z0-9]+)[A-Za-z0-9_]*\.([a-z_]+)\}/g, '${$1.$2}');

function idOfItem(item: unknown): string {
  const { id } = (parsedObject(text(item)) ?? {}) as { id?: { S?: string } };
  return id?.S ?? '';
}
