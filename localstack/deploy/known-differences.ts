import type { TargetKind } from '../targets.ts';

export interface KnownDifference {
  readonly target: TargetKind;
  /** Terraform type. */
  readonly resource: string;
  /** Path below the resource, without list positions; covers all below it. */
  readonly attribute: string;
  readonly reason: string;
}

/**
 * What `terraform plan` keeps wanting to change on a target, however often it is applied: the target accepts the attribute,
 * but does not tell it back. A difference that is not in here fails the deploy.
 */
export const knownDifferences: readonly KnownDifference[] = [
  {
    target: 'localstack',
    resource: 'aws_sfn_state_machine',
    attribute: 'tracing_configuration',
    reason: 'DescribeStateMachine does not tell the tracing configuration',
  },
  {
    target: 'localstack',
    resource: 'aws_cloudwatch_metric_alarm',
    attribute: 'tags_all',
    reason: 'PutMetricAlarm drops the tags of a new alarm',
  },
  {
    target: 'ministack',
    resource: 'aws_sfn_state_machine',
    attribute: 'tracing_configuration',
    reason: 'DescribeStateMachine does not tell the tracing configuration',
  },
  {
    target: 'ministack',
    resource: 'aws_apigatewayv2_authorizer',
    attribute: 'authorizer_payload_format_version',
    reason: 'GetAuthorizer tells one for JWT authorizers too, which have none on AWS',
  },
  ...['actions_enabled', 'alarm_description', 'dimensions', 'period', 'statistic', 'treat_missing_data'].map(
    (attribute) => ({
      target: 'ministack' as const,
      resource: 'aws_cloudwatch_metric_alarm',
      attribute,
      reason: 'the XML answer of DescribeAlarms leaves it out',
    }),
  ),
];
