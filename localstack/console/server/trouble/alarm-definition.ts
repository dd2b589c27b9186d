/** Attributes of an `aws_cloudwatch_metric_alarm`. */
export interface AlarmDefinition {
  readonly alarm_name: string;
  readonly alarm_description?: string;
  readonly namespace: string;
  readonly metric_name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly comparison_operator: string;
  readonly threshold: number;
  readonly period: number;
  readonly evaluation_periods: number;
}
