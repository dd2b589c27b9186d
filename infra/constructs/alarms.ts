import { capacityAlarms } from '../alarms/capacity.ts';
import type { AlarmDefinition, Watched } from '../alarms/definition.ts';
import { deliveryAlarms } from '../alarms/delivery.ts';
import { runbookLink } from '../alarms/runbook.ts';
import { serviceAlarms } from '../alarms/service.ts';
import { CloudwatchMetricAlarm, Construct, SnsTopic, SnsTopicSubscription } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import { pascalCase } from '../functions/names.ts';

const usualPeriodSeconds = 300;

/** Every alarm means that a person has to look; stages with an address for alarms mail it there. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { config } = watched;
    const actions = config.alarms.notify ? [this.#topic(config)] : [];
    for (const alarm of [...serviceAlarms(watched), ...deliveryAlarms(watched), ...capacityAlarms(watched)]) {
      new CloudwatchMetricAlarm(this, pascalCase(alarm.name), {
        alarmName: physicalName(config, alarm.name),
        alarmDescription: `${alarm.description}. ${runbookLink(alarm.page, config.alarms.runbookUrl)}`,
        namespace: alarm.namespace,
        metricName: alarm.metric,
        dimensions: alarm.dimensions,
        statistic: alarm.statistic ?? 'Sum',
        period: alarm.periodSeconds ?? usualPeriodSeconds,
        evaluationPeriods: 1,
        ...ringing(alarm),
        ...(actions.length > 0 ? { alarmActions: actions, okActions: actions } : {}),
      });
    }
  }

  #topic({ alarms, ...config }: StageConfig): string {
    // Not encrypted with AWS's own key, which CloudWatch may not use; an alarm carries no booking data.
    const { arn } = new SnsTopic(this, 'Topic', { name: physicalName(config, 'alarms') });
    if (alarms.email !== undefined) {
      // Nothing comes until the owner of the address has clicked the link that SNS sends.
      new SnsTopicSubscription(this, 'Email', { topicArn: arn, protocol: 'email', endpoint: alarms.email });
    }
    return arn;
  }
}

function ringing({ threshold = 0, ringsWhenSilent }: AlarmDefinition) {
  if (ringsWhenSilent) {
    return { threshold: 1, comparisonOperator: 'LessThanThreshold', treatMissingData: 'breaching' };
  }
  // Most of these metrics exist only once something went wrong.
  return { threshold, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching' };
}
