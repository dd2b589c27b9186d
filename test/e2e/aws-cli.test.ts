import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookedItems } from '#test/support/demo-figures.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { aTripId, ended, startDemo, takeDeadLetters } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

const run = promisify(execFile);
const missing = spawnSync('aws', ['--version']).error !== undefined;
const suite = missing ? describe.skip : describe;

suite(`the AWS CLI${missing ? ' (skipped: there is no aws command on the PATH; pip install awscli)' : ''}`, () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  /** Runs `aws` as a person would, with any credentials. */
  async function aws(...args: string[]): Promise<Record<string, unknown>> {
    const { stdout } = await run('aws', ['--endpoint-url', target.awsUrl, '--output', 'json', ...args], {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: 'anything',
        AWS_SECRET_ACCESS_KEY: 'anything',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_PAGER: '',
      },
    });
    return stdout === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
  }

  it('given a booking, when asked with dynamodb scan, then its items are there', async () => {
    const tripID = aTripId();
    await ended(target, (await startDemo(target, { tripID })).executionArn);

    const scan = await aws(
      ...['dynamodb', 'scan', '--table-name', target.tableName, '--filter-expression', 'pk = :trip'],
      ...['--expression-attribute-values', JSON.stringify({ ':trip': { S: tripID } })],
    );

    expect(scan).toMatchObject({ Count: bookedItems });
  });

  async function aFailedRun() {
    const run = await startDemo(target, { runType: 'failHotel', tripID: aTripId() });
    await ended(target, run.executionArn);
    return run;
  }

  it('given a failed run, when asked with stepfunctions, then execution, end and history are there', async () => {
    const { executionArn, executionId } = await aFailedRun();

    const [{ executions }, described, { events }] = await Promise.all([
      aws(
        ...['stepfunctions', 'list-executions', '--state-machine-arn', target.stateMachineArn],
        ...['--status-filter', 'FAILED'],
      ),
      aws('stepfunctions', 'describe-execution', '--execution-arn', executionArn),
      aws('stepfunctions', 'get-execution-history', '--execution-arn', executionArn),
    ]);
    expect(executions).toContainEqual(expect.objectContaining({ name: executionId, status: 'FAILED' }));
    expect(described).toMatchObject({ error: 'BookingFailed' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'ExecutionFailed' }));
  });

  itNeeds('events of functions in the history')(
    'given a failed run, when asked for its history, then the failure is that of a function',
    async () => {
      const { executionArn } = await aFailedRun();

      const { events } = await aws('stepfunctions', 'get-execution-history', '--execution-arn', executionArn);

      expect(events).toContainEqual(expect.objectContaining({ type: 'LambdaFunctionFailed' }));
    },
  );

  it('given a dead letter, when asked with sqs receive-message, then it is there', async () => {
    await takeDeadLetters(target);
    const tripID = aTripId();
    await ended(target, (await startDemo(target, { runType: 'failNotification', tripID })).executionArn);

    const queue = await aws('sqs', 'get-queue-url', '--queue-name', 'booking-saga-local-dead-letters');
    const { Messages } = await aws('sqs', 'receive-message', '--queue-url', String(queue.QueueUrl));

    expect((Messages as { Body: string }[]).map(({ Body }) => JSON.parse(Body))).toEqual([
      expect.objectContaining({ kind: 'notification', trip_id: tripID }),
    ]);
  });

  it('given the stack, when asked with ssm, sns, lambda, events and sts, then they answer', async () => {
    const parameter = '/local/service/booking/statemachine/processBooking';
    const [ssm, { Topics }, { Functions }, { Rules }, identity] = await Promise.all([
      aws('ssm', 'get-parameter', '--name', parameter),
      aws('sns', 'list-topics'),
      aws('lambda', 'list-functions'),
      aws('events', 'list-rules'),
      aws('sts', 'get-caller-identity'),
    ]);
    expect(ssm).toMatchObject({ Parameter: { Value: target.stateMachineArn } });
    expect(Topics).toContainEqual({ TopicArn: target.bookingTopicArn });
    expect((Functions as unknown[]).length).toBeGreaterThan(19);
    expect((Rules as { Name: string }[]).map(({ Name }) => Name.replace('booking-saga-local-', '')).sort()).toEqual([
      'execution-ended',
      'reconcile',
      'seat-audit',
    ]);
    expect(identity).toMatchObject({ Account: '000000000000' });
  });

  it('given a wrong name, when asked, then the error is the one that AWS gives', async () => {
    await Promise.all([
      expect(aws('dynamodb', 'scan', '--table-name', 'nothing')).rejects.toThrow(/ResourceNotFoundException/),
      expect(aws('ssm', 'get-parameter', '--name', '/nothing')).rejects.toThrow(/ParameterNotFound/),
    ]);
  });
});
