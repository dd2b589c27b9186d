/** The bookings of each scenario, and the number of faults and events that it allows. */
export interface Scenario extends Setting, Bounds {}

export interface Setting {
  readonly about: string;
  /** The execution of each booking run; two runs of one name are of one execution. */
  readonly executions: readonly [number, number, number];
  /** The customer of each execution. */
  readonly customers: readonly [number, number, number];
  /** The booking runs that are started. */
  readonly started: readonly number[];
  readonly seats: number;
  /** The reconciler may act on headers as they were. */
  readonly staleReads: boolean;
  /** It comes to a booking only when no event, letter or request of it is on its way. */
  readonly waitsForEvents: boolean;
}

export interface Bounds {
  /** Replies that are lost, the write done, not done or still in flight; requests that die half-way. */
  readonly faults: number;
  /** Runs that are stopped. */
  readonly aborts: number;
  /** Events that come twice. */
  readonly duplicates: number;
  /** Events and letters that never come. */
  readonly lostEvents: number;
  readonly cancellations: number;
}

const bounds = (faults: number, aborts: number, cancellations: number, more: Partial<Bounds> = {}): Bounds => ({
  faults,
  aborts,
  cancellations,
  duplicates: 0,
  lostEvents: 0,
  ...more,
});

const oneTrip = {
  executions: [0, 1, 2],
  customers: [0, 0, 0],
  seats: 1,
  staleReads: false,
  waitsForEvents: true,
} as const;
const once = { ...oneTrip, started: [0] } as const;
const twice = { ...oneTrip, started: [0, 1] } as const;

interface Sized extends Setting {
  /** Seconds for all scenarios together, as part of `npm test`. */
  readonly small: Bounds;
  /** Minutes. */
  readonly full: Bounds;
}

/** The longest last. */
const sized = {
  one: {
    ...once,
    about: 'one booking',
    small: bounds(1, 1, 1),
    full: bounds(3, 1, 1, { duplicates: 1 }),
  },
  two: { ...twice, about: 'a trip that is booked twice', small: bounds(1, 1, 0), full: bounds(2, 1, 1) },
  twod: {
    ...twice,
    about: 'a trip that is booked twice, events that come twice',
    small: bounds(0, 1, 1, { duplicates: 1 }),
    full: bounds(1, 1, 1, { duplicates: 1 }),
  },
  two3: { ...twice, about: 'a trip that is booked twice, more faults', small: bounds(2, 0, 0), full: bounds(3, 0, 1) },
  same: {
    ...twice,
    executions: [0, 0, 2],
    about: 'two runs of one name',
    small: bounds(1, 1, 1),
    full: bounds(2, 1, 1),
  },
  stale: {
    ...twice,
    staleReads: true,
    about: 'a reconciler that reads a stale index',
    small: bounds(0, 1, 1),
    full: bounds(1, 1, 1),
  },
  hasty: {
    ...twice,
    waitsForEvents: false,
    about: 'a reconciler that comes before late events, letters and requests',
    small: bounds(0, 1, 1),
    full: bounds(1, 1, 1),
  },
  soldout: {
    ...twice,
    seats: 0,
    about: 'a trip that is booked twice on a flight that is full',
    small: bounds(1, 1, 0),
    full: bounds(2, 1, 0, { duplicates: 1 }),
  },
  lost: {
    ...once,
    about: 'events that never come',
    small: bounds(1, 1, 1, { lostEvents: 2 }),
    full: bounds(2, 2, 1, { lostEvents: 2 }),
  },
  rebooked: {
    ...twice,
    about: 'a trip that is booked again before an event that never comes',
    small: bounds(0, 1, 1, { lostEvents: 1 }),
    full: bounds(1, 1, 1, { lostEvents: 1 }),
  },
  strangers: {
    ...twice,
    customers: [0, 1, 0],
    about: 'two customers who use one id',
    small: bounds(1, 1, 0),
    full: bounds(2, 1, 1),
  },
  share: {
    ...oneTrip,
    started: [0, 2],
    about: 'two trips for the last seat',
    small: bounds(1, 1, 0),
    full: bounds(2, 1, 1),
  },
} as const satisfies Record<string, Sized>;

export type ScenarioName = keyof typeof sized;
export type Size = 'small' | 'full';
export const scenarioNames = Object.keys(sized) as ScenarioName[];
export const isScenarioName = (name: string): name is ScenarioName => scenarioNames.includes(name as ScenarioName);

export function scenarioOf(name: ScenarioName, size: Size): Scenario {
  const { small, full, ...setting } = sized[name];
  return { ...setting, ...(size === 'small' ? small : full) };
}
