import { type Grant, named, rules } from './grant.ts';

/** Logs, alarms, the dashboard and scheduled rules. */
export const watchingPermissions: Readonly<Record<string, readonly Grant[]>> = {
  aws_cloudwatch_dashboard: [
    {
      read: ['cloudwatch:GetDashboard'],
      write: ['cloudwatch:DeleteDashboards', 'cloudwatch:PutDashboard'],
      on: named('cloudwatch', 'dashboard/', 'aws_cloudwatch_dashboard', 'dashboard_name'),
    },
  ],
  aws_cloudwatch_event_rule: [
    {
      read: ['events:DescribeRule', 'events:ListTagsForResource'],
      write: ['events:DeleteRule', 'events:PutRule', 'events:TagResource', 'events:UntagResource'],
      on: rules,
    },
  ],
  aws_cloudwatch_event_target: [
    { read: ['events:ListTargetsByRule'], write: ['events:PutTargets', 'events:RemoveTargets'], on: rules },
  ],
  aws_cloudwatch_log_group: [
    {
      read: ['logs:ListTagsForResource'],
      write: [
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:PutRetentionPolicy',
        'logs:TagResource',
        'logs:UntagResource',
      ],
      // Older actions ask for the form with `:*`.
      on: named('logs', 'log-group:', 'aws_cloudwatch_log_group', 'name', ['', ':*']),
    },
    {
      read: ['logs:DescribeLogGroups'],
      on: ({ region, account }) => [`arn:aws:logs:${region}:${account}:log-group:*`],
    },
  ],
  aws_cloudwatch_metric_alarm: [
    {
      // Denials name all alarms instead of the one that was asked for: https://github.com/mattclay/aws-terminator/pull/63
      read: ['cloudwatch:DescribeAlarms'],
      on: ({ region, account }) => [`arn:aws:cloudwatch:${region}:${account}:alarm:*`],
    },
    {
      read: ['cloudwatch:ListTagsForResource'],
      write: [
        'cloudwatch:DeleteAlarms',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ],
      on: named('cloudwatch', 'alarm:', 'aws_cloudwatch_metric_alarm', 'alarm_name'),
    },
  ],
};
