import { describe, expect, it } from '@jest/globals';
import type { Happening, Observation } from '#embedded/index.ts';
import { barsOf } from '../../../localstack/console/model/chart.ts';
import type { AwsCall } from '../../../localstack/console/server/source.ts';
import type { AlarmDefinition } from '../../../localstack/console/server/trouble/alarm-definition.ts';
import { alarmRows } from '../../../localstack/console/server/trouble/alarms.ts';
import { createMeasures } from '../../../localstack/console/server/trouble/measures.ts';
import { createRecorder } from '../../../localstack/console/server/trouble/recorder.ts';

const minute = 60_000;
let id = 0;
const at = (time: number, happening: Happening): Observation => {
  id += 1;
  return { ...happening, id, at: time };
};

const metric = (value: number, dimensions = {}): Happening => ({
  type: 'metric',
  namespace: 'HolidayBooking/local',
  name: 'FailedCancellation',
  value,
  dimensions,
});

/** A stream that the test drives. */
function stream() {
  const listeners = new Set<(one: Observation) => void>();
  return {
    observe: (listener: (one: Observation) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (one: Observation) => {
      for (const listener of listeners) listener(one);
    },
    listeners,
  };
}

describe('what is recorded', () => {
  const denied = (action: string): Happening => ({
    type: 'callDenied',
    by: 'arn:aws:iam::000000000000:role/reader',
    action,
    resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/bookings',
    missing: { Effect: 'Allow', Action: action, Resource: '*' },
  });

  it('is each denied call once, with how often and the statement to paste, the newest first', () => {
    const { observe, tell } = stream();
    const recorder = createRecorder(observe);
    for (const action of ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:PutItem']) tell(at(1, denied(action)));
    const [first, second, ...more] = recorder.denials();
    expect(first).toMatchObject({ action: 'dynamodb:PutItem', count: 2 });
    expect(JSON.parse(first?.statement ?? '')).toEqual({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: '*' });
    expect(second).toMatchObject({ action: 'dynamodb:GetItem', count: 1 });
    expect(more).toEqual([]);
  });

  it('has a bound, whatever happens', () => {
    const { observe, tell } = stream();
    const recorder = createRecorder(observe);
    for (let n = 0; n < 1_000; n++) {
      tell(at(n, denied(`dynamodb:Action${n}`)));
      tell(at(n, { type: 'messageSent', queueArn: 'arn:aws:sqs:us-east-1:0:q', messageId: `m${n}`, body: '{}' }));
      tell(at(n, metric(1, { number: String(n) })));
    }
    expect(recorder.denials()).toHaveLength(200);
    expect(recorder.messages()).toHaveLength(200);
    expect(recorder.messages()[0]).toMatchObject({ to: 'q', title: 'm999' });
    expect(recorder.metrics()).toHaveLength(300);
  });

  it('ends with the console', () => {
    const { observe, listeners } = stream();
    createRecorder(observe).close();
    expect(listeners.size).toBe(0);
  });
});

describe('alarms as they would stand', () => {
  const alarm: AlarmDefinition = {
    alarm_name: 'failed-cancellations',
    namespace: 'HolidayBooking/local',
    metric_name: 'FailedCancellation',
    dimensions: { service: 'booking' },
    statistic: 'Sum',
    comparison_operator: 'GreaterThanThreshold',
    threshold: 0,
    period: 300,
    evaluation_periods: 1,
  };
  const queue: AwsCall = async (_, operation) =>
    operation === 'GetQueueUrl' ? { QueueUrl: 'url' } : { Attributes: { ApproximateNumberOfMessages: '2' } };
  const stateOf = async (definition: AlarmDefinition, values: readonly Observation[], now: number, since = 0) => {
    const measures = createMeasures();
    for (const one of values) measures.take(one);
    const [row] = await alarmRows([definition], { call: queue, measures, now: () => now, since });
    return row;
  };

  it('are on while the failure is within their time, and off afterwards', async () => {
    const values = [at(10 * minute, metric(1, { service: 'booking' }))];
    await expect(stateOf(alarm, values, 11 * minute)).resolves.toMatchObject({ state: 'ALARM', value: 1 });
    await expect(stateOf(alarm, values, 17 * minute)).resolves.toMatchObject({ state: 'OK', value: undefined });
  });

  it('do not mix series of other dimensions', async () => {
    const values = [at(10 * minute, metric(1, { service: 'other' }))];
    await expect(stateOf(alarm, values, 11 * minute)).resolves.toMatchObject({ state: 'OK' });
  });

  it('count a queue by what is in it', async () => {
    const visible = { namespace: 'AWS/SQS', metric_name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' };
    const row = await stateOf({ ...alarm, ...visible, dimensions: { QueueName: 'dead-letters' } }, [], minute);
    expect(row).toMatchObject({ state: 'ALARM', value: 2 });
  });

  it('know nothing of what has to happen before there was time for it, and are on after that', async () => {
    const silent: AlarmDefinition = { ...alarm, comparison_operator: 'LessThanThreshold', threshold: 1 };
    await expect(stateOf(silent, [], 4 * minute)).resolves.toMatchObject({ state: 'UNKNOWN' });
    await expect(stateOf(silent, [], 6 * minute)).resolves.toMatchObject({ state: 'ALARM' });
  });
});

it('draws a minute without a measurement as nothing', () => {
  const points = [
    { at: 8 * minute, sum: 4, count: 1 },
    { at: 10 * minute, sum: 2, count: 2 },
  ];
  expect(barsOf(points, 10 * minute + 5_000, 4).map(({ sum, height }) => [sum, height])).toEqual([
    [0, 0],
    [4, 1],
    [0, 0],
    [2, 0.5],
  ]);
});
