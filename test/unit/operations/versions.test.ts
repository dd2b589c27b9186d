import { describe, expect, it } from '@jest/globals';
import { inspect, prune, report, type Versions } from '#infra/operations/versions.ts';

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const asl = (...resources: string[]) =>
  JSON.stringify({
    TimeoutSeconds: 3000,
    States: Object.fromEntries(resources.map((Resource) => [Resource, { Resource }])),
  });
const now = Date.parse('2026-11-26T12:00:00.000Z');
const at = (hour: number) => `2026-11-26T${String(hour).padStart(2, '0')}:00:00.000+0000`;

/** Three releases of two functions; a saga of the second one still runs. */
function aStage(overrides: Partial<Versions> = {}) {
  const asked: string[] = [];
  const removed: string[] = [];
  const made: Record<string, readonly [version: string, lastModified: string][]> = {
    book: [
      ['$LATEST', at(11)],
      ['1', at(1)],
      ['2', at(5)],
      ['3', at(9)],
      ['4', at(11)],
    ],
    pay: [
      ['$LATEST', at(9)],
      ['1', at(2)],
      ['2', at(9)],
    ],
  };
  const versions: Versions = {
    definition: async () => {
      asked.push('definition');
      return asl(arn('book:4'), arn('pay:2'));
    },
    definitionsOfRunning: async () => {
      asked.push('running');
      return [asl(arn('book:2'), arn('pay:1')), asl(arn('book:4'), arn('pay:2'))];
    },
    versionsOf: async (functionName) => {
      asked.push(`versions of ${functionName}`);
      return (made[functionName] ?? []).map(([version, lastModified]) => ({ functionName, version, lastModified }));
    },
    remove: async (functionName, version) => {
      removed.push(`${functionName}:${version}`);
    },
    ...overrides,
  };
  return { versions, asked, removed };
}

const inspection = { functionNames: ['book', 'pay', 'gone'], marginSeconds: 3600, now };

describe('old versions', () => {
  it('are removed, and no others', async () => {
    const { versions, removed } = aStage();

    const pruned = await prune(versions, await inspect(versions, inspection));

    expect(removed).toEqual(['book:1']);
    expect(pruned).toEqual({ removed: 1, left: [] });
  });

  it('are listed, with the reason why the others stay', async () => {
    const { versions } = aStage();

    expect(report(await inspect(versions, inspection))).toEqual([
      'book: 4 the state machine names it; 3 was replaced 60 minutes ago, and may go after 110; 2 a running execution names it; 1 may go',
      'pay: 2 the state machine names it; 1 a running execution names it',
    ]);
  });

  it('are checked against executions after the listing, so that a saga which starts meanwhile counts', async () => {
    const { versions, asked } = aStage();

    await inspect(versions, inspection);

    expect(asked).toEqual(['versions of book', 'versions of pay', 'versions of gone', 'definition', 'running']);
  });

  it('that cannot be removed stay, with the reason, and do not keep the rest', async () => {
    const judged = ['1', '2'].map((version) => ({
      functionName: 'book',
      version,
      lastModified: at(1),
      keep: undefined,
    }));
    const removed: string[] = [];
    const { versions } = aStage({
      remove: async (_, version) => {
        if (version === '1') throw new Error('The alias live points to it');
        removed.push(version);
      },
    });

    expect(await prune(versions, judged)).toEqual({ removed: 1, left: ['book:1: The alias live points to it'] });
    expect(removed).toEqual(['2']);
  });

  it('are never the function itself, even if it looks unused', async () => {
    const { versions, removed } = aStage();
    const judged = { functionName: 'book', version: '$LATEST', lastModified: at(1), keep: undefined };

    expect(await prune(versions, [judged])).toEqual({ removed: 0, left: [] });
    expect(removed).toEqual([]);
  });

  it('are not judged where nothing says how long a saga may take', async () => {
    const { versions } = aStage({ definition: async () => JSON.stringify({ States: {} }) });

    await expect(inspect(versions, inspection)).rejects.toThrow('The state machine has no TimeoutSeconds');
  });
});
