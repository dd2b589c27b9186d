/** Seats of a flight for the eye: the free ones are counted, not drawn one by one, where there are too many. */
import type { FlightData, Seat, SeatState } from './data.ts';

export interface SeatMap {
  /** Of each state. */
  readonly counts: Readonly<Record<SeatState, number>>;
  readonly total: number;
  /** Cells in order: sold, held, lost, free. */
  readonly cells: readonly SeatCell[];
  /** Seats without a cell of their own. */
  readonly left: number;
}

export interface SeatCell {
  readonly state: SeatState;
  readonly seat: Seat | undefined;
}

/** More would be a wall, not a map. */
const mostCells = 400;
const order: readonly SeatState[] = ['sold', 'held', 'lost'];

export function seatMapOf({ seats, free }: Pick<FlightData, 'seats' | 'free'>): SeatMap {
  const taken = [...seats].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  const total = taken.length + free;
  const cells: SeatCell[] = taken.slice(0, mostCells).map((seat) => ({ state: seat.state, seat }));
  const freeCells = Math.max(0, Math.min(free, mostCells - cells.length));
  for (let at = 0; at < freeCells; at++) cells.push({ state: 'free', seat: undefined });
  const countOf = (state: SeatState): number => taken.filter((seat) => seat.state === state).length;
  const counts = { free, sold: countOf('sold'), held: countOf('held'), lost: countOf('lost') };
  return { counts, total, cells, left: total - cells.length };
}
