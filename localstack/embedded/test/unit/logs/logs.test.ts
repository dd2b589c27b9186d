import { describe, expect, it } from '@jest/globals';
import { createLogs } from '#embedded/logs/index.ts';

function anEmfLine(
  values: Record<string, unknown>,
  directive: Record<string, unknown> = {},
  timestamp: number | undefined = 1_000,
): string {
  const metrics = {
    Namespace: 'parcel',
    Dimensions: [['service']],
    Metrics: [{ Name: 'WeighedParcel', Unit: 'Count' }],
    ...directive,
  };
  return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics: [metrics] }, service: 'depot', ...values });
}

const dayMs = 24 * 3_600_000;
const many = Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`d${at}`, 'x']));
const tooMany = Array.from({ length: 101 }, () => ({ Name: 'WeighedParcel' }));

const events = (...messages: string[]) => messages.map((message, at) => ({ timestamp: at, message }));

describe('log lines', () => {
  it('are found by group, stream, text and time, the newest by number', () => {
    const logs = createLogs();
    logs.write('/a', 's1', events('one', 'two', 'three'));
    logs.write('/a', 's2', events('two again'));
    logs.write('/b', 's1', events('other'));
    const found = (filter: Parameters<typeof logs.lines>[0]) => logs.lines(filter).map(({ message }) => message);
    expect(logs.groups()).toEqual(['/a', '/b']);
    expect(found({})).toEqual(['one', 'two', 'three', 'two again', 'other']);
    expect(found({ group: '/a', stream: 's1' })).toEqual(['one', 'two', 'three']);
    expect(found({ group: '/a', contains: 'two' })).toEqual(['two', 'two again']);
    expect(found({ group: '/a', since: 1 })).toEqual(['two', 'three']);
    expect(found({ group: '/a', limit: 2 })).toEqual(['three', 'two again']);
    expect(found({ group: '/a', limit: 0 })).toEqual([]);
    expect(found({ group: '/unknown' })).toEqual([]);
  });

  it('are kept up to the bound of a group, the newest of them', () => {
    const logs = createLogs({ linesPerGroup: 3 });
    for (let number = 0; number < 20; number += 1) logs.write('/a', 's', events(`line ${number}`));
    logs.write('/b', 's', events('other'));
    expect(logs.lines({ group: '/a' }).map(({ message }) => message)).toEqual(['line 17', 'line 18', 'line 19']);
    expect(logs.lines({ group: '/b' })).toHaveLength(1);
  });
});

describe('metrics in embedded format', () => {
  it('have namespace, name, unit, dimensions, value and time', () => {
    const logs = createLogs();
    logs.write('/a', 's', events(anEmfLine({ WeighedParcel: 2 })));
    expect(logs.metrics()).toEqual([
      {
        namespace: 'parcel',
        name: 'WeighedParcel',
        unit: 'Count',
        dimensions: { service: 'depot' },
        value: 2,
        timestamp: 1_000,
      },
    ]);
  });

  it('come once per dimension set, metric and value', () => {
    const logs = createLogs();
    const directive = {
      Dimensions: [['service'], ['service', 'function_name'], []],
      Metrics: [{ Name: 'ColdStart' }, { Name: 'Latency', Unit: 'Milliseconds' }],
    };
    logs.write('/a', 's', events(anEmfLine({ function_name: 'f', ColdStart: 1, Latency: [3, 4] }, directive)));
    expect(logs.metrics({ name: 'ColdStart' }).map(({ dimensions, unit }) => [dimensions, unit])).toEqual([
      [{ service: 'depot' }, 'None'],
      [{ service: 'depot', function_name: 'f' }, 'None'],
      [{}, 'None'],
    ]);
    expect(logs.metrics({ name: 'Latency', dimensions: { function_name: 'f' } }).map(({ value }) => value)).toEqual([
      3, 4,
    ]);
  });

  it('are found by namespace, dimensions and time, and summed', () => {
    const logs = createLogs();
    logs.write('/a', 's', events(anEmfLine({ WeighedParcel: 1 }), anEmfLine({ WeighedParcel: 5, service: 'shelf' })));
    logs.write(
      '/a',
      's',
      events(anEmfLine({ WeighedParcel: 7 }, {}, 2_000), anEmfLine({ WeighedParcel: 9 }, { Namespace: 'x' })),
    );
    const filter = { namespace: 'parcel', name: 'WeighedParcel' };
    expect(logs.sum(filter)).toBe(13);
    expect(logs.sum({ ...filter, dimensions: { service: 'depot' } })).toBe(8);
    expect(logs.sum({ ...filter, since: 2_000 })).toBe(7);
    expect(logs.sum({ ...filter, name: 'Other' })).toBe(0);
  });

  it('are kept when their lines are forgotten', () => {
    const logs = createLogs({ linesPerGroup: 1 });
    logs.write('/a', 's', events(anEmfLine({ WeighedParcel: 1 }), 'noise', 'noise', 'noise'));
    expect(logs.lines({ contains: '_aws' })).toEqual([]);
    expect(logs.sum({ name: 'WeighedParcel' })).toBe(1);
  });

  it.each([
    ['plain text', 'about "_aws"'],
    ['broken JSON', '{"_aws":'],
    ['JSON without directives', '{"_aws":{"Timestamp":1}}'],
    ['a directive without a namespace', '{"_aws":{"CloudWatchMetrics":[{"Metrics":[{"Name":"a"}]}]},"a":1}'],
    ['a value that is no number', anEmfLine({ WeighedParcel: '1' })],
    ['a value that is missing', anEmfLine({})],
    ['values of which one is no number', anEmfLine({ WeighedParcel: [1, '2'] })],
    ['more than 100 values', anEmfLine({ WeighedParcel: Array.from({ length: 101 }, () => 1) })],
    ['a dimension without its member', anEmfLine({ WeighedParcel: 1, service: undefined })],
    ['a dimension without a text', anEmfLine({ WeighedParcel: 1, service: '' })],
    ['a dimension that is no text', anEmfLine({ WeighedParcel: 1, service: 7 })],
    ['a dimension of 1,025 characters', anEmfLine({ WeighedParcel: 1, service: 'x'.repeat(1_025) })],
    ['31 dimensions', anEmfLine({ WeighedParcel: 1, ...many }, { Dimensions: [Object.keys(many)] })],
    ['a unit that is none', anEmfLine({ WeighedParcel: 1 }, { Metrics: [{ Name: 'WeighedParcel', Unit: 'Apples' }] })],
    ['more than 100 metrics', anEmfLine({ WeighedParcel: 1 }, { Metrics: tooMany })],
    ['a namespace without a text', anEmfLine({ WeighedParcel: 1 }, { Namespace: '' })],
    ['a time more than 14 days ago', anEmfLine({ WeighedParcel: 1 }, {}, -14 * dayMs - 1)],
    ['a time more than two hours ahead', anEmfLine({ WeighedParcel: 1 }, {}, dayMs / 12 + 1)],
    ['a directive that is null', '{"_aws":{"CloudWatchMetrics":[null]}}'],
    ['lists of no lists', anEmfLine({ WeighedParcel: 1 }, { Dimensions: ['service'], Metrics: [null] })],
  ])('are not read from %s', (_what, message) => {
    const logs = createLogs();
    logs.write('/a', 's', events(message));
    expect(logs.metrics()).toEqual([]);
    expect(logs.lines()).toHaveLength(1);
  });

  it('are read as far as the format allows', () => {
    const logs = createLogs();
    const values = Array.from({ length: 100 }, () => 1);
    const sets = { Dimensions: [['missing'], ['service']] };
    const at = (timestamp: number) => anEmfLine({ WeighedParcel: values }, sets, timestamp);
    logs.write(
      '/a',
      's',
      [at(-14 * dayMs), at(dayMs / 12)].map((message) => ({ timestamp: 0, message })),
    );

    expect(logs.sum({ name: 'WeighedParcel' })).toBe(200);
    expect(logs.metrics()[0]?.dimensions).toEqual({ service: 'depot' });
  });

  it('take the time of arrival where the line has none', () => {
    const logs = createLogs();
    const line = JSON.stringify({ ...JSON.parse(anEmfLine({ WeighedParcel: 1 })) }).replace('"Timestamp":1000,', '');
    logs.write('/a', 's', [{ timestamp: 77, message: line }]);
    expect(logs.metrics().map(({ timestamp }) => timestamp)).toEqual([77]);
  });
});
