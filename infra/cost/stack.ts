/** What a synthesized stack has that costs money, whether anybody books or not. */

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

export interface StackFunction {
  /** Without stage: `reserve-hotel`. */
  readonly name: string;
  readonly memoryMegabytes: number;
  /** Keeps a version for each release. */
  readonly isPublished: boolean;
}

export interface Schedule {
  readonly functionName: string;
  readonly runsAMonth: number;
}

export interface StackFacts {
  readonly functions: readonly StackFunction[];
  readonly alarms: number;
  readonly dashboards: number;
  /** Queues that Lambda polls. */
  readonly polledQueues: number;
  readonly schedules: readonly Schedule[];
  /** Days that log lines are kept, the longest. */
  readonly logRetentionDays: number;
  /** Routes that have metrics of their own. */
  readonly measuredRoutes: number;
  readonly isRecoverable: boolean;
  readonly isTraced: boolean;
  /** Requests a second that the API admits on a route, undefined where the stack has no API. */
  readonly admittedRequests: number | undefined;
}

export const minutesAMonth = 30 * 24 * 60;

/** @param file parsed `cdk.tf.json` */
export function stackFactsOf(file: unknown): StackFacts {
  const { resource } = file as { readonly resource: Resources };
  const all = (type: string) =>
    Object.entries(resource[type] ?? {}).map(([id, attributes]) => ({ id, ...attributes }) as Row);
  const functions = all('aws_lambda_function');
  const prefix = commonPrefixOf(functions.map(({ function_name: name }) => String(name)));
  const nameOf = (reference: unknown): string => {
    const found = functions.find(({ id }) => String(reference).includes(`aws_lambda_function.${id}.`));
    if (found === undefined) throw new Error(`The stack has no function ${String(reference)}`);
    return String(found.function_name).slice(prefix.length);
  };
  const [stage] = all('aws_apigatewayv2_stage');
  const targets = all('aws_cloudwatch_event_target');
  const tables = all('aws_dynamodb_table') as readonly (Row & { point_in_time_recovery?: { enabled?: boolean } })[];
  return {
    functions: functions.map(({ function_name: name, memory_size: memory, publish }) => ({
      name: String(name).slice(prefix.length),
      memoryMegabytes: Number(memory ?? 128),
      isPublished: publish === true,
    })),
    alarms: all('aws_cloudwatch_metric_alarm').length,
    dashboards: all('aws_cloudwatch_dashboard').length,
    polledQueues: all('aws_lambda_event_source_mapping').length,
    schedules: all('aws_cloudwatch_event_rule').flatMap(({ id, schedule_expression: expression }) => {
      const target = targets.find(({ rule }) => String(rule).includes(`aws_cloudwatch_event_rule.${id}.`));
      if (expression === undefined || target === undefined) return [];
      return [{ functionName: nameOf(target.arn), runsAMonth: runsAMonth(String(expression)) }];
    }),
    logRetentionDays: Math.max(0, ...all('aws_cloudwatch_log_group').map(retentionDaysOf)),
    measuredRoutes:
      routeSettingsOf(stage)?.detailed_metrics_enabled === true ? all('aws_apigatewayv2_route').length : 0,
    isRecoverable: tables.some((table) => table.point_in_time_recovery?.enabled === true),
    isTraced: functions.some((one) => (one.tracing_config as { mode?: string } | undefined)?.mode === 'Active'),
    admittedRequests: routeSettingsOf(stage)?.throttling_rate_limit,
  };
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

interface RouteSettings {
  readonly throttling_rate_limit?: number;
  readonly detailed_metrics_enabled?: boolean;
}

const routeSettingsOf = (stage: Row | undefined): RouteSettings | undefined =>
  stage?.default_route_settings as RouteSettings | undefined;

/** @throws Error for a log that is never deleted: each month it costs more */
function retentionDaysOf({ id, retention_in_days: days }: Row): number {
  if (days) return Number(days);
  throw new Error(`The log aws_cloudwatch_log_group.${id} is kept for ever: give it retention_in_days`);
}

/** `rate(5 minutes)` → 8,640 a month of 30 days. @throws Error for another expression */
function runsAMonth(expression: string): number {
  const match = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (match === null) throw new Error(`The schedule ${expression} is not understood here, only rate(…)`);
  const minutes = { minute: 1, hour: 60, day: 24 * 60 }[match[2] as 'minute' | 'hour' | 'day'];
  return minutesAMonth / (Number(match[1]) * minutes);
}

/** `booking-saga-prod-`, up to its last dash. */
function commonPrefixOf(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, first.lastIndexOf('-', length - 1) + 1);
}
