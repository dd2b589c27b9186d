import { isList, type JsonObject } from '../json.ts';
import type { Change } from '../reading/change.ts';
import { capital, wordsFor } from '../words.ts';
import { type DangerRule, goneWords } from './danger.ts';

export const weakerAlarm: DangerRule = {
  name: 'alarm-removed',
  about: 'removes an alarm, or keeps it from ringing',
  judge: (change) => {
    if (change.type !== 'aws_cloudwatch_metric_alarm') return [];
    if (change.action === 'delete')
      return [`${capital(wordsFor(change))} ${goneWords(change)}: it does not ring any more.`];
    const { before, after } = change;
    if (before === undefined || after === undefined) return [];
    return weakenings(before, after, change).map((how) => `${capital(wordsFor(change))} ${how}.`);
  },
};

function weakenings(before: JsonObject, after: JsonObject, { unknown }: Change): string[] {
  const found: string[] = [];
  const rings = (values: JsonObject): boolean => isList(values.alarm_actions) && values.alarm_actions.length > 0;
  if (before.actions_enabled !== false && after.actions_enabled === false) found.push('has its actions turned off');
  if (rings(before) && !rings(after) && unknown.alarm_actions === undefined) found.push('loses its actions');
  const [old, fresh] = [before.threshold, after.threshold];
  const isUpper = String(after.comparison_operator ?? '').startsWith('GreaterThan');
  if (typeof old === 'number' && typeof fresh === 'number' && (isUpper ? fresh > old : fresh < old)) {
    found.push(`rings at ${fresh} instead of ${old} only`);
  }
  if (before.treat_missing_data === 'breaching' && after.treat_missing_data !== 'breaching') {
    found.push('does not ring any more where nothing reports');
  }
  const [early, late] = [before, after].map(secondsToRing);
  if (early !== undefined && late !== undefined && late > early)
    found.push(`rings after ${late} s instead of ${early} s`);
  return found;
}

/** How long the metric has to be over the threshold. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
function secondsToRing({ period, evaluation_periods, datapoints_to_alarm }: JsonObject): number | undefined {
  const points = datapoints_to_alarm || evaluation_periods;
  return typeof period === 'number' && typeof points === 'number' ? period * points : undefined;
}
