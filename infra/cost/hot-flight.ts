import { quotas } from './facts.ts';
import { capacityUnits, type ItemSizes, inventoryBytes, withSeatHolds } from './items.ts';

export interface HotFlight {
  readonly seatsTaken: number;
  readonly itemBytes: number;
  /** Write units that one more seat takes of the flight's partition. */
  readonly units: number;
  /** Seats a second that its partition admits. */
  readonly seatsASecond: number;
}

/** A seat's hold stands in the flight's item, and a write costs the whole item: the fuller the flight, the slower it sells. */
export function hotFlight(seatsTaken: number, sizes: ItemSizes): HotFlight {
  const { write } = capacityUnits({ operation: 'UpdateItem', items: ['inventory'] }, withSeatHolds(sizes, seatsTaken));
  return {
    seatsTaken,
    itemBytes: inventoryBytes(sizes, seatsTaken),
    units: write,
    seatsASecond: quotas.partitionWrites.values.large / write,
  };
}

/** Holds as items of their own: a counter and a hold in one transaction, of which the counter's partition takes 2 units. */
export const seatsASecondWithHoldItems = quotas.partitionWrites.values.large / 2;
