import { unfinishedShards } from '#schema/table.ts';
import { quotas } from '../facts.ts';
import { hotFlight } from '../hot-flight.ts';
import type { ItemSizes } from '../items.ts';
import type { Usage } from '../usage.ts';
import type { Capacity, Demand } from './simulate.ts';

export interface Design {
  readonly name: string;
  /** Accounts or Regions that share the flights between them, each with quotas of its own. */
  readonly cells: number;
  readonly capacity: Capacity;
}

export const shardsNow = unfinishedShards.length;
/** The entry comes, moves when the booking is confirmed, which is two, and goes. */
export const unfinishedWrites = 4;
/** A counter in a transaction with the hold's item. */
const unitsWithHoldItems = 2;

const ample = Number.MAX_SAFE_INTEGER;

/** Each has what the one before it has. */
export function designs(sizes: ItemSizes): readonly Design[] {
  const asItIs = (region: 'large' | 'other'): Capacity => ({
    starts: quotas.starts.values[region],
    transitions: quotas.transitions.values[region],
    tableWrites: quotas.newTableWrites.values[region],
    partitionWrites: quotas.partitionWrites.values[region],
    unfinishedShards: shardsNow,
    airportShards: 1,
    seatUnits: (seatsTaken) => hotFlight(seatsTaken, sizes).units,
  });
  const raised: Capacity = { ...asItIs('large'), starts: 1500, transitions: 25_000, tableWrites: 100_000 };
  const apart: Capacity = {
    ...raised,
    unfinishedShards: 64,
    airportShards: 16,
    seatUnits: () => unitsWithHoldItems,
  };
  return [
    { name: 'as it is, a new table, quotas of most Regions', cells: 1, capacity: asItIs('other') },
    { name: 'as it is, a new table, quotas of the large three', cells: 1, capacity: asItIs('large') },
    { name: 'quotas raised, the table warmed', cells: 1, capacity: raised },
    { name: 'and holds as items, more shards', cells: 1, capacity: apart },
    { name: 'and 100 cells, a flight in one of them', cells: 100, capacity: apart },
    {
      name: 'and without limits of Step Functions',
      cells: 100,
      capacity: { ...apart, starts: ample, transitions: ample },
    },
  ];
}

/** Of a booking that succeeds. A new table's quota is for the table alone, so its own writes are counted. */
export const demandOf = ({ transitions, units }: Pick<Usage, 'transitions' | 'units'>): Demand => ({
  transitions,
  writes: units.own,
  unfinishedWrites,
});
