import { describe, expect, it } from '@jest/globals';
import { createKept } from '#infra/watch/kept.ts';

/** What was made and disposed of, in order. */
function twoKept(make = async (name: string) => name.toUpperCase()) {
  const log: string[] = [];
  const kept = createKept(
    2,
    async (name) => {
      log.push(`make ${name}`);
      return make(name);
    },
    async (thing) => void log.push(`dispose ${thing}`),
  );
  return { log, kept };
}

describe('what is kept', () => {
  it('given a thing that is asked for again, when it is kept, then it is not made again', async () => {
    const { log, kept } = twoKept();

    expect([await kept('a'), await kept('b'), await kept('a')]).toEqual(['A', 'B', 'A']);
    expect(log).toEqual(['make a', 'make b']);
  });

  it('given one more than is kept, when it is made, then the one that was asked for longest ago goes', async () => {
    const { log, kept } = twoKept();
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await kept(name);

    expect(log).toEqual(['make a', 'make b', 'make c', 'dispose B', 'make b', 'dispose C']);
  });

  it('given several at once, when they are made, then each is there and the one that is not asked for goes', async () => {
    const { log, kept } = twoKept();
    await kept('old');

    expect(await Promise.all(['a', 'b'].map(kept))).toEqual(['A', 'B']);
    expect(log).toEqual(['make old', 'make a', 'make b', 'dispose OLD']);
  });

  it('given a thing that cannot be made, when it is asked for again, then it is tried again', async () => {
    let tries = 0;
    const { kept } = twoKept(async () => {
      tries += 1;
      if (tries === 1) throw new Error('no such file');
      return 'A';
    });

    await expect(kept('a')).rejects.toThrow('no such file');
    expect(await kept('a')).toBe('A');
  });
});
