/** What may happen, and how often. Faults: a reply that is lost, with or without the write; a write that comes late. */
export interface Scenario {
  readonly about: string;
  /** The execution of each booking run; two runs of one name are of one execution. */
  readonly executions: readonly [number, number, number];
  /** The booking runs that are started. */
  readonly started: readonly number[];
  readonly faults: number;
  readonly aborts: number;
  readonly duplicates: number;
  readonly cancellations: number;
  readonly seats: number;
  /** The redrive and the reconciler may act on what they read before the run confirmed. */
  readonly staleReads?: boolean;
}

const apart = [0, 1, 2] as const;
const oneName = [0, 0, 2] as const;

export const scenarios = {
  one: {
    about: 'one booking, many faults',
    executions: apart,
    started: [0],
    faults: 3,
    aborts: 1,
    duplicates: 1,
    cancellations: 1,
    seats: 1,
  },
  two: {
    about: 'a trip booked twice',
    executions: apart,
    started: [0, 1],
    faults: 2,
    aborts: 1,
    duplicates: 0,
    cancellations: 1,
    seats: 1,
  },
  twod: {
    about: 'a trip booked twice, events that come twice',
    executions: apart,
    started: [0, 1],
    faults: 1,
    aborts: 1,
    duplicates: 1,
    cancellations: 1,
    seats: 1,
  },
  two3: {
    about: 'a trip booked twice, more faults',
    executions: apart,
    started: [0, 1],
    faults: 3,
    aborts: 0,
    duplicates: 0,
    cancellations: 1,
    seats: 1,
  },
  two3n: {
    about: 'a trip booked twice, no cancellation',
    executions: apart,
    started: [0, 1],
    faults: 3,
    aborts: 0,
    duplicates: 0,
    cancellations: 0,
    seats: 1,
  },
  two4n: {
    about: 'a trip booked twice, no cancellation',
    executions: apart,
    started: [0, 1],
    faults: 4,
    aborts: 0,
    duplicates: 0,
    cancellations: 0,
    seats: 1,
  },
  share: {
    about: 'two trips, one seat',
    executions: apart,
    started: [0, 2],
    faults: 2,
    aborts: 1,
    duplicates: 0,
    cancellations: 1,
    seats: 1,
  },
  same: {
    about: 'two runs of one name',
    executions: oneName,
    started: [0, 1],
    faults: 2,
    aborts: 1,
    duplicates: 0,
    cancellations: 1,
    seats: 1,
  },
  stale: {
    about: 'stale reads',
    executions: apart,
    started: [0],
    faults: 1,
    aborts: 1,
    duplicates: 0,
    cancellations: 0,
    seats: 1,
    staleReads: true,
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
