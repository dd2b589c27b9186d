import type { Ports } from '#embedded/index.ts';
import { createVirtualTime } from '#embedded/testing.ts';
import { realPause } from './surroundings.ts';

/** Something that waits for its turn, while the order is explored. */
export interface Pending {
  /** Whose step it is: `a`, `a.cancel`, `redrive`, `client`. */
  readonly actor: string;
  /** What it does next. */
  readonly label: string;
  /** All that decides what it does from here on, beside the world. */
  position(): string;
}

/** Which of those that are pending goes on. `fingerprint` tells one state of the world from all others. */
export type Choose = (pending: readonly Pending[], fingerprint: () => string) => number;

/** What happens by itself at some time, beside timers: messages that become visible. */
export interface Source {
  /** Milliseconds since 1970; undefined where nothing will happen. */
  nextDue(): number | undefined;
  happen(): void;
}

export interface Oracle {
  readonly ports: Ports;
  /** Resolves when it is the actor's turn: at once, unless orders are explored. */
  turn(actor: string, label: string, position?: () => string): Promise<void> | undefined;
  /** Asked from now on; undefined lets everybody go on in the order in which they come. */
  explore(choose: ((pending: readonly Pending[]) => number) | undefined): void;
  /** Goes on until nothing is pending. @throws DoesNotEnd */
  settle(sources?: readonly Source[]): Promise<void>;
  /** Moves the clock, whatever falls due on the way. */
  pass(milliseconds: number, sources?: readonly Source[]): Promise<void>;
  /** How long from now each timer is due. */
  timers(): readonly number[];
  /** Waits for real input and output, too, before time goes on: what runs for the first time reads files. */
  warming: boolean;
  /** Forgets what is pending: its process has died. */
  forget(): void;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

interface Gate extends Pending {
  readonly open: () => void;
}

/** A plan that goes on for ever. */
export class DoesNotEnd extends Error {
  override readonly name = 'DoesNotEnd';
}

/** More than any plan that ends has taken. */
const mostSteps = 20_000;

/** The first moment of every world. */
export const beginning = Date.UTC(2026, 2, 1, 10);

/** The one that decides: what time it is, what chance brings, and who goes on. */
export function createOracle(seed: number): Oracle {
  const { fraction } = createVirtualTime({ seed }).randomness;
  // Of their own, so that jitter is the same in whatever order ids are made.
  const ids = createVirtualTime({ seed: seed + 1 }).randomness.fraction;
  let time = beginning;
  let timers: Timer[] = [];
  let gates: Gate[] = [];
  let choose: ((pending: readonly Pending[]) => number) | undefined;

  const after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { due: time + Math.max(0, milliseconds), run };
    timers.push(timer);
    return () => remove(timer);
  };

  function remove(timer: Timer): void {
    const at = timers.indexOf(timer);
    if (at >= 0) timers.splice(at, 1);
  }

  const earliest = (): Timer | undefined => {
    let found: Timer | undefined;
    for (const timer of timers) if (found === undefined || timer.due < found.due) found = timer;
    return found;
  };

  function openGate(): boolean {
    if (gates.length === 0) return false;
    const index = choose === undefined ? 0 : choose(gates);
    const [gate] = gates.splice(index, 1);
    gate?.open();
    return true;
  }

  /** While orders are explored, what could happen now is among what is pending. */
  function begin(sources: readonly Source[]): boolean {
    const source = sources.find((one) => (one.nextDue() ?? Number.POSITIVE_INFINITY) <= time);
    source?.happen();
    return source !== undefined;
  }

  /** What is due first, up to a moment. */
  function happen(sources: readonly Source[], limit: number): boolean {
    const timer = earliest();
    let [due, source] = [timer?.due ?? Number.POSITIVE_INFINITY, undefined as Source | undefined];
    for (const one of sources) {
      const its = one.nextDue();
      if (its !== undefined && its < due) [due, source] = [its, one];
    }
    if (due > limit || due === Number.POSITIVE_INFINITY) return false;
    time = Math.max(time, due);
    if (source !== undefined) source.happen();
    else if (timer !== undefined) {
      remove(timer);
      timer.run();
    }
    return true;
  }

  async function goOn(sources: readonly Source[], limit: number): Promise<void> {
    for (let step = 0; step < mostSteps; step++) {
      // All promises that can go on have gone on when a macrotask comes.
      await new Promise((resolve) => setImmediate(resolve));
      if (oracle.warming) await realPause();
      if (choose !== undefined && begin(sources)) continue;
      if (openGate() || happen(sources, limit)) continue;
      return;
    }
    throw new DoesNotEnd(`Something is still under way after ${mostSteps} steps`);
  }

  const oracle: Oracle = {
    warming: false,
    ports: {
      clock: { now: () => time },
      randomness: { fraction, uuid: () => uuidOf(ids) },
      // Sweeps and the like never end, and nothing here relies on them.
      scheduler: { after, inBackground: () => () => {} },
    },
    turn(actor, label, position = () => '') {
      if (choose === undefined) return undefined;
      return new Promise((open) => void gates.push({ actor, label, position, open }));
    },
    explore(next) {
      choose = next;
    },
    settle: (sources = []) => goOn(sources, Number.POSITIVE_INFINITY),
    async pass(milliseconds, sources = []) {
      const limit = time + milliseconds;
      await goOn(sources, limit);
      time = Math.max(time, limit);
    },
    timers: () => timers.map(({ due }) => due - time).sort((one, other) => one - other),
    forget() {
      timers = [];
      gates = [];
    },
  };
  return oracle;
}

function uuidOf(fraction: () => number): string {
  const hex = (): string =>
    Math.floor(fraction() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  const [one, two, three, four] = [hex(), hex(), hex(), hex()];
  return `${one}-${two.slice(0, 4)}-4${two.slice(5)}-8${three.slice(1, 4)}-${three.slice(4)}${four}`;
}
