import { describe, expect, it } from '@jest/globals';
import { type DlqArguments, dlqCommand } from '#infra/operations/dlq/command.ts';
import { UsageError } from '#infra/operations/run-command.ts';
import { aMessage, compensation, queuesWith } from './clients-setup.ts';

/** A stage with two dead letters; what they start has ended, or runs on. */
async function dlq(positionals: string[], values: DlqArguments['values'] = {}, status = 'SUCCEEDED') {
  let now = 5_000;
  const printed: string[] = [];
  const { clients, sentBy } = queuesWith(
    {
      'booking-saga-dev-dead-letters': [
        [aMessage('0123456789-a', compensation('T1'), 1_000), aMessage('9876543210-b', compensation('T2'), 2_000)],
      ],
    },
    ({ operation }) => {
      if (operation === 'GetParameterCommand') return { Parameter: { Value: 'arn:aws:states:r:1:stateMachine:saga' } };
      return operation === 'DescribeExecutionCommand' ? { status } : {};
    },
  );
  const isDone = await dlqCommand(
    { values, positionals },
    {
      stage: () => ({ stage: 'dev', region: 'eu-west-1' }),
      clientsOf: () => clients,
      clock: { sleep: async (ms) => (now += ms), now: () => now },
      print: (line) => void printed.push(line),
    },
  );
  return { isDone, printed, sentBy };
}

describe('the command that lists dead letters', () => {
  it.each([
    ['no word', []],
    ['its word', ['list']],
  ])('given %s, then each letter has its line', async (_, words) => {
    const { isDone, printed, sentBy } = await dlq(words);

    expect(printed.filter((line) => !line.startsWith(' '))).toEqual([
      '01234567  dead-letters  4 s  T1: 1 layer could not be undone',
      '98765432  dead-letters  3 s  T2: 1 layer could not be undone',
    ]);
    expect([isDone, sentBy('DeleteMessageCommand')]).toEqual([true, []]);
  });

  it('given --json, then it is one array', async () => {
    const { printed } = await dlq(['list'], { json: true });

    expect(JSON.parse(printed.join('\n'))).toMatchObject([{ id: '0123456789-a' }, { id: '9876543210-b' }]);
  });
});

describe('the command that shows a dead letter', () => {
  it('given the beginning of its id, then it tells the letter and how its booking stands', async () => {
    const { isDone, printed } = await dlq(['show', '98']);

    expect(printed.slice(0, 5)).toEqual([
      '9876543210-b in dead-letters since 1970-01-01T00:00:02.000Z',
      'T2: 1 layer could not be undone',
      '  RefundPayment: Timeout: the bank is closed',
      'the trip has no booking',
      'redriving it starts T2.abc.rr-1 (SUCCEEDED)',
    ]);
    expect(isDone).toBe(true);
  });
});

describe('the command that redrives dead letters', () => {
  it('given --all, then each is delivered and followed', async () => {
    const { isDone, printed, sentBy } = await dlq(['redrive'], { all: true });

    expect(printed.filter((line) => line.startsWith('    done: '))).toHaveLength(2);
    expect([isDone, sentBy('SendMessageCommand').length]).toEqual([true, 2]);
  });

  it('given one id in two forms, then that letter alone is delivered, once', async () => {
    const { printed, sentBy } = await dlq(['redrive', '01', '012']);

    expect(printed).toEqual([
      '01234567  T1: 1 layer could not be undone',
      '    done: T1.abc.rr-1 undid everything; the trip has no booking',
    ]);
    expect(sentBy('SendMessageCommand')).toHaveLength(1);
  });

  it('given a run that goes on, then the command is not done once the time of --wait is up', async () => {
    const { isDone, printed } = await dlq(['redrive', '01'], { wait: '3' }, 'RUNNING');

    expect(printed).toContain('    NOT DONE: not at its end after 3 s: see the execution T1.abc.rr-1');
    expect(isDone).toBe(false);
  });
});

describe('words that make no sense', () => {
  it.each<[string[], DlqArguments['values'], string]>([
    [['empty'], {}, '"empty" is no command'],
    [['toString'], {}, '"toString" is no command'],
    [['list'], { all: true }, '--all has no effect with list'],
    [['list', 'a'], {}, 'list takes no id, but "a" was given'],
    [['show'], {}, 'show takes the id of one letter'],
    [['show', 'a', 'b'], {}, 'show takes the id of one letter'],
    [['redrive'], {}, 'redrive takes the ids of letters, or --all'],
    [['redrive', 'a'], { all: true }, 'redrive takes the ids of letters, or --all'],
    [['redrive', ''], {}, 'redrive takes the ids of letters, or --all'],
    [['redrive', 'a'], { wait: 'long' }, '--wait must be a number from 0 on, not "long"'],
  ])('given %j and %j, then they are refused: %s', async (words, values, message) => {
    await expect(dlq(words, values)).rejects.toThrow(new UsageError(message));
  });
});
