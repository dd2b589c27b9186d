import { type ComputedTypes, generatedName, same, stableId } from './computed.ts';

export const cloudwatch: ComputedTypes = {
  aws_cloudwatch_dashboard: {
    id: same('dashboard_name'),
    dashboard_arn: (context) => `arn:aws:cloudwatch::${context.accountId}:dashboard/${context.get('dashboard_name')}`,
  },
  aws_cloudwatch_event_rule: {
    name: generatedName,
    id: same('name'),
    event_bus_name: () => 'default',
    arn: (context) => {
      const bus = context.get('event_bus_name');
      const path = bus === 'default' ? context.get('name') : `${bus}/${context.get('name')}`;
      return `arn:aws:events:${context.region}:${context.accountId}:rule/${path}`;
    },
  },
  aws_cloudwatch_event_target: {
    target_id: ({ address }) => `terraform-${stableId(address, 16)}`,
    id: (context) => `${context.get('rule')}-${context.get('target_id')}`,
    event_bus_name: () => 'default',
  },
  aws_cloudwatch_log_group: {
    name: generatedName,
    id: same('name'),
    arn: (context) => `arn:aws:logs:${context.region}:${context.accountId}:log-group:${context.get('name')}`,
  },
  aws_cloudwatch_metric_alarm: {
    id: same('alarm_name'),
    arn: (context) => `arn:aws:cloudwatch:${context.region}:${context.accountId}:alarm:${context.get('alarm_name')}`,
  },
};
