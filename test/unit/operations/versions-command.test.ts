import { describe, expect, it } from '@jest/globals';
import { UsageError } from '#infra/operations/run-command.ts';
import type { Versions } from '#infra/operations/versions.ts';
import { type VersionsArguments, versionsCommand } from '#infra/operations/versions-command.ts';

const minuteMs = 60_000;
const [name, arn] = [
  'booking-saga-dev-reserve-hotel',
  'arn:aws:lambda:us-east-1:000000000000:function:booking-saga-dev-reserve-hotel',
];
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * minuteMs).toISOString();

/** A function whose second version is the current one for 90 minutes; a saga takes at most 10. */
async function versions(
  positionals: string[],
  values: VersionsArguments['values'] = {},
  remove: Versions['remove'] = async () => undefined,
) {
  const [printed, complaints, removed]: [string[], string[], string[]] = [[], [], []];
  const isDone = await versionsCommand(
    { values, positionals },
    {
      stage: () => ({ stage: 'dev', region: 'us-east-1' }),
      versionsOf: async ({ stage }) => ({
        definition: async () =>
          JSON.stringify({ TimeoutSeconds: 600, States: { ReserveHotel: { Resource: `${arn}:2` } }, Comment: stage }),
        definitionsOfRunning: async () => [],
        versionsOf: async (functionName) =>
          functionName === name
            ? [
                { functionName, version: '1', lastModified: minutesAgo(300) },
                { functionName, version: '2', lastModified: minutesAgo(90) },
              ]
            : [],
        remove: async (functionName, version) => {
          await remove(functionName, version);
          removed.push(`${functionName}:${version}`);
        },
      }),
      print: (line) => void printed.push(line),
      complain: (line) => void complaints.push(line),
    },
  );
  return { isDone, printed, complaints, removed };
}

describe('the command about versions', () => {
  it.each([
    ['no word', []],
    ['list', ['list']],
  ])('given %s, then it tells them and removes none', async (_, words) => {
    const { isDone, printed, removed } = await versions(words);

    expect(printed).toEqual([expect.stringMatching(new RegExp(`^${name}: 2 .*; 1 may go$`))]);
    expect([isDone, removed]).toEqual([true, []]);
  });

  it('given a longer margin, then a version stays that may go by default', async () => {
    const { printed } = await versions(['list'], { 'margin-minutes': '120' });

    expect(printed).toEqual([expect.stringMatching(/; 1 was replaced \d+ minutes ago, and may go after 130$/)]);
  });

  it('given prune alone, then it tells how many would go', async () => {
    const { isDone, printed, removed } = await versions(['prune']);

    expect(printed.at(-1)).toBe('1 versions may go; nothing was removed without --apply');
    expect([isDone, removed]).toEqual([true, []]);
  });

  it('given prune --apply, then they are removed', async () => {
    const { isDone, printed, complaints, removed } = await versions(['prune'], { apply: true });

    expect(printed.at(-1)).toBe('1 versions removed');
    expect([isDone, complaints, removed]).toEqual([true, [], [`${name}:1`]]);
  });

  it.each([
    ['an error', new Error('denied'), 'denied'],
    ['something else', 'gone', 'gone'],
  ])(
    'given one that AWS keeps with %s, then the reason is told and the command is not done',
    async (_, reason, text) => {
      const { isDone, printed, complaints } = await versions(['prune'], { apply: true }, async () => {
        throw reason;
      });

      expect(printed.at(-1)).toBe('0 versions removed');
      expect([isDone, complaints]).toEqual([false, [`${name}:1: ${text}`]]);
    },
  );

  it.each<[string[], VersionsArguments['values'], string]>([
    [['remove'], {}, '"remove" is no command'],
    [['list', 'all'], {}, '"list all" is no command'],
    [['list'], { apply: true }, '--apply has no effect with list'],
    [['prune'], { 'margin-minutes': 'x' }, '--margin-minutes must be a number from 0 on, not "x"'],
  ])('given %j and %j, then they are refused: %s', async (words, values, message) => {
    await expect(versions(words, values)).rejects.toThrow(new UsageError(message));
  });
});
