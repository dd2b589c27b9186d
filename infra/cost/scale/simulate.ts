/**
 * Bookings that come by chance and pass one gate after the other, in steps of a tenth of a second: StartExecution, the partitions
 * of two indexes, the popular flight's partition, the table. What a partition throttles is tried again as the machine does.
 */
import { type Bucket, createBucket } from './bucket.ts';
import { type Random, seededRandom } from './random.ts';

export interface Workload {
  /** Bookings a second. */
  readonly rate: number;
  /** Share of all bookings that want the one popular flight. */
  readonly popularShare: number;
  readonly popularSeats: number;
  /** Share of all bookings that leave from the busiest airport. */
  readonly airportShare: number;
  readonly seconds: number;
  readonly seed: number;
}

/** What admits bookings; rates are a second. */
export interface Capacity {
  readonly starts: number;
  readonly transitions: number;
  readonly tableWrites: number;
  readonly partitionWrites: number;
  readonly unfinishedShards: number;
  /** Partitions that the entries of one airport are spread over. */
  readonly airportShards: number;
  /** Write units that one more seat takes of the popular flight's partition. */
  readonly seatUnits: (seatsTaken: number) => number;
}

export interface Demand {
  readonly transitions: number;
  readonly writes: number;
  /** Of the index of unfinished bookings. */
  readonly unfinishedWrites: number;
}

/** Bookings of the whole run. */
export interface Outcome {
  readonly came: number;
  readonly booked: number;
  /** Told to come again later. */
  readonly refused: number;
  /** Undone, since a write was throttled to the end. */
  readonly undone: number;
  readonly soldOut: number;
  /** Seconds that the last booking's transitions wait. */
  readonly wait: number;
  /** Whom each gate turned away, by its name. */
  readonly turnedAway: ReadonlyMap<string, number>;
}

const tick = 0.1;
/** Of the machine, behind the first: with full jitter, so in the mean half of 1, 2 and 4 seconds later. */
const retryTicks = [10, 20, 40] as const;

export function simulate(workload: Workload, capacity: Capacity, demand: Demand): Outcome {
  const random = seededRandom(workload.seed);
  const run = createRun(workload, capacity, demand);
  const ticks = Math.round(workload.seconds / tick);
  for (let now = 0; now < ticks; now += 1) run.step(now, random);
  return run.outcome();
}

function createRun(workload: Workload, capacity: Capacity, demand: Demand) {
  const { partitionWrites } = capacity;
  const starts = createBucket(capacity.starts);
  const table = createBucket(capacity.tableWrites);
  const flight = createBucket(partitionWrites);
  const airport = createBucket(partitionWrites * capacity.airportShards);
  const unfinished = Array.from({ length: capacity.unfinishedShards }, () => createBucket(partitionWrites));
  const buckets: readonly Bucket[] = [starts, table, flight, airport, ...unfinished];
  const turnedAway = new Map<string, number>();
  let [came, booked, refused, undone, soldOut, seatsTaken, backlog] = [0, 0, 0, 0, 0, 0, 0];
  /** By the tick that they are due at: bookings of the popular flight, by how often they were tried. */
  const waiting = new Map<number, number[]>();

  const turn = (gate: string, count: number): void => {
    if (count > 0) turnedAway.set(gate, (turnedAway.get(gate) ?? 0) + count);
  };
  const undo = (gate: string, count: number): void => {
    turn(gate, count);
    undone += count;
  };

  /** @returns how many got through */
  function spread(count: number): number {
    const each = count / unfinished.length;
    return unfinished.reduce((sum, shard, index) => {
      const here = Math.round(each * (index + 1)) - Math.round(each * index);
      return sum + shard.take(here, demand.unfinishedWrites);
    }, 0);
  }

  /** Seats of the popular flight. @returns how many were taken */
  function seat(now: number, fresh: number): number {
    const due = waiting.get(now) ?? [];
    waiting.delete(now);
    let taken = 0;
    for (const [tried, count = 0] of [fresh, ...due].entries()) {
      const left = workload.popularSeats - seatsTaken;
      const served = Math.min(left, flight.take(count, capacity.seatUnits(seatsTaken)));
      seatsTaken += served;
      taken += served;
      if (seatsTaken === workload.popularSeats) soldOut += count - served;
      else again(now, tried, count - served);
    }
    return taken;
  }

  /** Full jitter: spread over all moments up to the longest delay. */
  function again(now: number, tried: number, count: number): void {
    const longest = retryTicks[tried];
    if (longest === undefined) {
      undo("the flight's partition", count);
      return;
    }
    for (let delay = 1; delay <= longest; delay += 1) {
      const here = Math.round((count * delay) / longest) - Math.round((count * (delay - 1)) / longest);
      const due = waiting.get(now + delay) ?? [];
      due[tried] = (due[tried] ?? 0) + here;
      waiting.set(now + delay, due);
    }
  }

  return {
    step(now: number, random: Random): void {
      for (const bucket of buckets) bucket.fill(tick);
      const popular = random.poisson(workload.rate * workload.popularShare * tick);
      const others = random.poisson(workload.rate * (1 - workload.popularShare) * tick);
      came += popular + others;
      const started = starts.take(popular + others);
      refused += popular + others - started;
      turn('StartExecution', popular + others - started);
      backlog = Math.max(0, backlog + started * demand.transitions - capacity.transitions * tick);

      const opened = spread(started);
      undo('the index of unfinished bookings', started - opened);
      const leaving = Math.round(opened * workload.airportShare);
      const departed = airport.take(leaving);
      undo("the airport's partition of the catalog", leaving - departed);
      const through = opened - (leaving - departed);
      const wantPopular = Math.round((through * popular) / Math.max(1, popular + others));
      const seated = seat(now, wantPopular) + through - wantPopular;
      const written = table.take(seated, demand.writes);
      undo('the table', seated - written);
      booked += written;
    },
    outcome: (): Outcome => {
      const stillTrying = [...waiting.values()].flat().reduce((sum, count = 0) => sum + count, 0);
      turn("the flight's partition", stillTrying);
      return {
        came,
        booked,
        refused,
        undone: undone + stillTrying,
        soldOut,
        wait: backlog / capacity.transitions,
        turnedAway,
      };
    },
  };
}
