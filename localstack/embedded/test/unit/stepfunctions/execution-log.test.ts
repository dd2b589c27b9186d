import { describe, expect, it } from '@jest/globals';
import { createLogsApi } from '#embedded/logs/api.ts';
import { createLogs } from '#embedded/logs/index.ts';
import type { Logging } from '#embedded/stepfunctions/definition.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { MACHINE_ARN, type Setup, subject } from './support.ts';

const group = '/aws/vendedlogs/states/parcel';
const groupArn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}:*`;
const states = {
  Weigh: { Type: 'Pass', Result: { grams: 7 }, Next: 'Refuse' },
  Refuse: { Type: 'Fail', Error: 'TooHeavy', Cause: 'a cause' },
};

interface Line {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly eventId: string;
  readonly message: string;
}

function logged(logging: Partial<Logging> = {}, setup: Partial<Setup> = {}) {
  const own = subject({
    states,
    logging: { level: 'ALL', includeExecutionData: true, groupArn, ...logging },
    ...setup,
  });
  const logs = createLogs();
  logs.include(own.service.logs);
  const environment = { region: 'us-east-1', accountId: '000000000000' };
  const api = createLogsApi({ logs, groups: () => [], environment, authorize: () => {}, createdAt: 0 });
  const lines = async (): Promise<readonly Line[]> => {
    const { events } = await api.call('FilterLogEvents', { logGroupName: group }, OUTSIDE);
    return events as readonly Line[];
  };
  const events = async () => (await lines()).map(({ message }) => JSON.parse(message));
  const types = async () => (await events()).map(({ type }) => type);
  return { ...own, logs, api, lines, events, types };
}

describe('the log of a machine', () => {
  it('has a line for each event of its executions', async () => {
    const machine = logged();
    const executionArn = await machine.start({ parcel: 1 }, 'one');
    await machine.service.idle();
    const of = { execution_arn: executionArn, redrive_count: '0', event_timestamp: expect.stringMatching(/^\d{13}$/) };

    expect(await machine.events()).toEqual([
      {
        id: '1',
        type: 'ExecutionStarted',
        details: { input: '{"parcel":1}', inputDetails: { truncated: false }, roleArn: expect.any(String) },
        previous_event_id: '0',
        ...of,
      },
      {
        id: '2',
        type: 'PassStateEntered',
        details: { input: '{"parcel":1}', inputDetails: { truncated: false }, name: 'Weigh' },
        previous_event_id: '0',
        ...of,
      },
      {
        id: '3',
        type: 'PassStateExited',
        details: { output: '{"grams":7}', outputDetails: { truncated: false }, name: 'Weigh' },
        previous_event_id: '2',
        ...of,
      },
      {
        id: '4',
        type: 'FailStateEntered',
        details: { input: '{"grams":7}', inputDetails: { truncated: false }, name: 'Refuse' },
        previous_event_id: '3',
        ...of,
      },
      {
        id: '5',
        type: 'ExecutionFailed',
        details: { error: 'TooHeavy', cause: 'a cause' },
        previous_event_id: '4',
        ...of,
      },
    ]);
  });

  it('is in a stream of the machine, with the time of the event', async () => {
    const machine = logged();
    await machine.run({}, 'one');
    const lines = await machine.lines();

    expect(new Set(lines.map(({ logStreamName }) => logStreamName))).toEqual(
      new Set([expect.stringMatching(/^states\/parcel\/\d{4}-\d\d-\d\d-\d\d-\d\d\/[\da-f]{8}$/)]),
    );
    for (const { timestamp, message } of lines) expect(JSON.parse(message).event_timestamp).toBe(String(timestamp));
    const { logGroups } = await machine.api.call('DescribeLogGroups', {}, OUTSIDE);
    expect(logGroups).toMatchObject([{ logGroupName: group }]);
  });

  it('tells a line with the same id each time, so that a log can be followed', async () => {
    const machine = logged();
    await machine.run({}, 'one');
    const before = await machine.lines();
    await machine.run({}, 'two');
    const after = await machine.lines();

    expect(after.slice(0, 5)).toEqual(before);
    expect(new Set(after.map(({ eventId }) => eventId)).size).toBe(10);
  });

  it('has no data of executions unless it is asked for', async () => {
    const machine = logged({ includeExecutionData: false });
    await machine.run({ secret: 1 }, 'one');

    expect(JSON.stringify(await machine.events())).not.toMatch(/secret|grams/);
    expect(await machine.events()).toContainEqual(expect.objectContaining({ details: { name: 'Weigh' } }));
  });

  it.each<[Logging['level'], string[]]>([
    ['ERROR', ['FailStateEntered', 'ExecutionFailed']],
    ['FATAL', ['ExecutionFailed']],
    ['OFF', []],
  ])('on level %s has some of the events', async (level, expected) => {
    const machine = logged({ level });
    await machine.run({}, 'one');

    expect(machine.logs.lines({ group }).map(({ message }) => JSON.parse(message).type)).toEqual(expected);
  });

  it('has failed tasks on level ERROR', async () => {
    const task = () => {
      throw Object.assign(new Error('no'), { name: 'Broken' });
    };
    const work = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'f' },
      End: true,
    };
    const machine = logged({ level: 'ERROR' }, { states: { Work: work }, task });
    await machine.run({}, 'one');

    expect(await machine.types()).toEqual(['TaskFailed', 'ExecutionFailed']);
  });

  it('counts the redrives of an execution', async () => {
    const machine = logged();
    const executionArn = await machine.start({}, 'one');
    await machine.service.idle();
    await machine.call('RedriveExecution', { executionArn });
    await machine.service.idle();
    const counts = (await machine.events()).map(({ type, redrive_count }) => `${type} ${redrive_count}`);

    expect(counts.slice(3)).toEqual([
      'FailStateEntered 0',
      'ExecutionFailed 0',
      'ExecutionRedriven 1',
      'FailStateEntered 1',
      'ExecutionFailed 1',
    ]);
  });

  it('has the newest lines of many executions', async () => {
    const machine = logged();
    for (let at = 0; at < 500; at++) await machine.start({ at }, `many-${at}`);
    await machine.service.idle();
    const lines = machine.logs.lines({ group });

    expect(lines).toHaveLength(2_000);
    expect(lines.at(-1)?.message).toContain('many-499');
  });

  it('cuts data whose text has more than 248 kB', async () => {
    const machine = logged({}, { states: { End: { Type: 'Pass', End: true } } });
    await machine.run({ text: 'x'.repeat(255_000) }, 'one');
    const [{ details }] = await machine.events();

    expect(details.inputDetails).toEqual({ truncated: true });
    expect(Buffer.byteLength(JSON.stringify(details.input))).toBeLessThanOrEqual(248 * 1024);
  });
});

it('DescribeStateMachine tells how the machine is logged and traced', async () => {
  const { call } = logged({}, { tracing: true });

  expect(await call('DescribeStateMachine', { stateMachineArn: MACHINE_ARN })).toMatchObject({
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: true,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: groupArn } }],
    },
    tracingConfiguration: { enabled: true },
  });
});
