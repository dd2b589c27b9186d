import { describe, expect, it } from '@jest/globals';
import { awsStandings } from '#infra/operations/dlq/standings.ts';
import { keys, unfinishedShardAttribute } from '#schema/table.ts';
import { type Answer, clientsWith } from './clients-setup.ts';

const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';

function standingsWith(answer: Answer) {
  const { clients, sent } = clientsWith(answer);
  return { sent, standings: awsStandings(clients, machine, 'bookings') };
}

const failing = (name: string) => () => {
  throw Object.assign(new Error(`it is ${name}`), { name });
};

describe('how a run stands', () => {
  it.each([
    [{ status: 'RUNNING' }, { status: 'RUNNING', error: undefined }],
    [
      { status: 'FAILED', error: 'CompensationFailed' },
      { status: 'FAILED', error: 'CompensationFailed' },
    ],
    [{}, { status: '', error: undefined }],
  ])('given the answer %j, then it is %j', async (answer, run) => {
    const { sent, standings } = standingsWith(() => answer);

    expect(await standings.run('T1.abc')).toEqual(run);
    expect(sent[0]?.input).toEqual({ executionArn: 'arn:aws:states:us-east-1:000000000000:execution:saga:T1.abc' });
  });

  it('given an execution that was not started yet, then there is none', async () => {
    expect(await standingsWith(failing('ExecutionDoesNotExist')).standings.run('T1.abc')).toBeUndefined();
  });

  it('given another failure, then it is thrown', async () => {
    await expect(standingsWith(failing('ThrottlingException')).standings.run('T1.abc')).rejects.toThrow(
      'it is ThrottlingException',
    );
  });
});

describe('how a booking stands', () => {
  it.each([
    [{}, false],
    [{ [unfinishedShardAttribute]: 3 }, true],
  ])('given a header with %j, then isUnfinished is %j', async (more, isUnfinished) => {
    const Item = { execution_id: 'T1.abc', status: 'CONFIRMED', ...more };
    const { sent, standings } = standingsWith(() => ({ Item }));

    expect(await standings.booking('T1')).toEqual({ executionId: 'T1.abc', status: 'CONFIRMED', isUnfinished });
    expect(sent[0]?.input).toEqual({ TableName: 'bookings', Key: keys.booking('T1'), ConsistentRead: true });
  });

  it('given no header, then there is no booking', async () => {
    expect(await standingsWith(() => ({})).standings.booking('T1')).toBeUndefined();
  });
});
