import { expect, it } from '@jest/globals';
import { type LegFacts, presentFacts } from '../../../localstack/console/server/present-facts.ts';

const factsOf = (...legs: string[]) => ({ legs }) as unknown as LegFacts;

function aConsole() {
  const world = { definition: 'first', sources: [] as (LegFacts | Error)[], reads: 0 };
  const facts = presentFacts({
    first: factsOf('hotel'),
    definition: 'first',
    present: async () => world.definition,
    async load() {
      world.reads += 1;
      const read = world.sources.shift();
      if (read instanceof Error || read === undefined) throw read;
      return read;
    },
  });
  return { world, facts };
}

it('reads no sources while the machine is the one that it began with', async () => {
  const { world, facts } = aConsole();

  expect([(await facts()).legs, (await facts()).legs]).toEqual([['hotel'], ['hotel']]);
  expect(world.reads).toBe(0);
});

it('reads the sources once for each machine that is swapped in', async () => {
  const { world, facts } = aConsole();
  world.definition = 'second';
  world.sources = [factsOf('hotel', 'insurance')];

  expect([(await facts()).legs, (await facts()).legs]).toEqual([
    ['hotel', 'insurance'],
    ['hotel', 'insurance'],
  ]);
  expect(world.reads).toBe(1);
});

it('keeps what it knows while the sources are broken, and looks again', async () => {
  const { world, facts } = aConsole();
  world.definition = 'second';
  world.sources = [new Error('half of an edit'), factsOf('insurance')];

  expect([(await facts()).legs, (await facts()).legs]).toEqual([['hotel'], ['insurance']]);
});
