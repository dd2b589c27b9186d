import { describe, expect, it } from '@jest/globals';
import { flightLoader, unknownFlight } from '#functions/api/graphql/flight-loader.ts';

const flight = (id: string) => ({ ...unknownFlight(id), departureCity: `City of ${id}` });

/** A catalog that has the flights A and B, and notes what it is asked for. */
function aCatalog() {
  const asked: string[][] = [];
  return {
    asked,
    getMany: async (ids: readonly string[]) => {
      asked.push([...ids]);
      return new Map(['A', 'B'].filter((id) => ids.includes(id)).map((id) => [id, flight(id)]));
    },
  };
}

describe('the flights of a request', () => {
  it('that are asked for in one turn are read at once, each once', async () => {
    const catalog = aCatalog();
    const flightOf = flightLoader(catalog);
    const later = Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => flightOf('B'));
    expect(await Promise.all([flightOf('A'), flightOf('A'), later])).toEqual([flight('A'), flight('A'), flight('B')]);
    expect(await flightOf('A')).toEqual(flight('A'));
    expect(catalog.asked).toEqual([['A', 'B']]);
  });

  it('that the catalog lacks are told as unknown', async () => {
    const flightOf = flightLoader(aCatalog());
    expect(await Promise.all([flightOf('X'), flightOf('A')])).toEqual([unknownFlight('X'), flight('A')]);
  });

  it('fail together where they can not be read', async () => {
    const flightOf = flightLoader({ getMany: () => Promise.reject(new Error('table down')) });
    const both = await Promise.allSettled([flightOf('A'), flightOf('B')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
