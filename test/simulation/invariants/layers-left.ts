import { partOfLayer } from '#test/support/kill-rounds/audit.ts';
import { type Books, holdsOf } from '#test/support/kill-rounds/books.ts';

const layerOfPart: ReadonlyMap<string, string> = new Map([...partOfLayer].map(([layer, part]) => [part, layer]));

/** The states of the machine that a booking still needs, by what it still has. */
export function layersLeft({ parts, flights }: Books, header: Readonly<Record<string, unknown>>): string[] {
  const execution = String(header.execution_id);
  const own = (parts.get(String(header.id)) ?? []).filter(({ execution_id }) => execution_id === execution);
  const ofParts = own.map(({ sk }) => layerOfPart.get(String(sk).split('#')[0] ?? '') ?? String(sk));
  const isHeld = [...flights.values()].some((flight) => holdsOf(flight).includes(execution));
  return [...ofParts, ...(isHeld ? ['ReleaseSeat'] : [])];
}
