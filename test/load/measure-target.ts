import { setTimeout as sleep } from 'node:timers/promises';
import { openBenchTarget, openColdTarget, stackFile, type TargetName } from './bench-targets.ts';
import { openBookings } from './bookings.ts';
import { measureFloor } from './floor/measure-floor.ts';
import { recordBooking } from './floor/record-booking.ts';
import { type FunctionStarts, functionStarts } from './function-starts.ts';
import { type Load, median, quantile, sequentialLatency, sustainedRate } from './measure.ts';
import { listenerOf, processorMs, residentBytes } from './resident-memory.ts';

interface Pace {
  /** Bookings one after the other: those that do not count, then those that do. */
  readonly sequential: readonly [warm: number, counted: number];
  /** In this order. The first settles most: V8 optimizes the functions' code for the first thousand bookings. */
  readonly loads: readonly Load[];
}

/** An emulator needs a second a booking, so the same windows hold a few of them only. */
const pace = (settlingMs: number, measuredMs: number, fewest: number): Pace['loads'] =>
  [1, 8, 50].map((inFlight, index) => ({
    inFlight,
    settling: { ms: index === 0 ? settlingMs : settlingMs / 4, bookings: inFlight },
    measured: { ms: measuredMs, bookings: Math.max(fewest, inFlight) },
  }));
const embeddedPace: Pace = { sequential: [20, 50], loads: pace(4_000, 7_000, 50) };
const emulatorPace: Pace = { sequential: [3, 8], loads: pace(4_000, 8_000, 6) };
/** Before the loads of the embedded cloud; unmeasured. */
const warmUp: Load = { inFlight: 50, settling: { ms: 0, bookings: 0 }, measured: { ms: 4_000, bookings: 1_000 } };
/** Functions load in the background. */
const restMs = 3_000;

export type Figures = ReadonlyMap<string, number>;

/** @param note told of each figure as soon as it is there */
export async function measureTarget(
  name: TargetName,
  withStarts: boolean,
  note: (line: string) => void,
): Promise<{ readonly figures: Figures; readonly starts: ReadonlyMap<string, FunctionStarts> }> {
  const figures = new Map<string, number>();
  const add = (figure: string, value: number): void => {
    figures.set(figure, value);
    note(`${figure}: ${value.toFixed(1)}`);
  };
  const embedded = name === 'embedded';
  const { sequential, loads } = embedded ? embeddedPace : emulatorPace;
  const recorded = embedded ? await recordBooking(stackFile) : undefined;
  const began = performance.now();
  const target = await openBenchTarget(name, note);
  add('nothing to ready, ms', performance.now() - began);
  const pid = listenerOf(Number(new URL(target.awsUrl).port)) ?? 0;
  const used = () => processorMs(pid);
  const memory = (when: string): void => add(`resident memory ${when}, MB`, residentBytes(pid) / 2 ** 20);
  try {
    const bookings = await openBookings(target);
    const asked = performance.now();
    await bookings.book();
    add('first booking after start, ms', performance.now() - asked);
    await sleep(restMs);
    memory('idle');
    await sequentialLatency(target, bookings, 'success', sequential[0]);
    for (const runType of ['success', 'failPayment']) {
      const times = await sequentialLatency(target, bookings, runType, sequential[1]);
      add(`${runType} p50, ms`, quantile(times, 0.5));
      add(`${runType} p99, ms`, quantile(times, 0.99));
    }
    if (embedded) await sustainedRate(bookings, warmUp, used);
    for (const load of loads) {
      const { rate, undone, processorMsABooking, clientMsABooking } = await sustainedRate(bookings, load, used);
      add(`bookings a second, ${load.inFlight} in flight`, rate);
      if (embedded) add(`processors a booking, ${load.inFlight} in flight, ms`, processorMsABooking);
      note(`of this client: ${clientMsABooking.toFixed(1)} ms a booking`);
      if (undone > 0) note(`${undone} bookings were undone with ${load.inFlight} in flight`);
      memory(`after ${load.inFlight} in flight`);
    }
    const latest = await bookings.book();
    await bookings.close();
    if (recorded !== undefined) {
      const { msABooking, msACall, msAnInvocation } = await measureFloor(target, recorded, latest.executionArn, used);
      add('floor of processors a booking, ms', msABooking);
      note(
        `${recorded.invocations} bare invocations of ${msAnInvocation.toFixed(2)} ms, ${recorded.calls.length} bare SDK calls of ${msACall.toFixed(2)} ms`,
      );
    }
    const starts = withStarts ? await startsOf(name, target) : new Map<string, FunctionStarts>();
    const all = [...starts.values()];
    if (withStarts) {
      add('cold call of a function, median, ms', median(all.map(({ coldMs }) => coldMs)));
      add('warm call of a function, median, ms', median(all.map(({ warmMs }) => warmMs)));
    }
    return { figures, starts };
  } finally {
    await target.close();
  }
}

async function startsOf(name: TargetName, target: Parameters<typeof openColdTarget>[1]) {
  const cold = await openColdTarget(name, target);
  try {
    return await functionStarts(cold);
  } finally {
    await cold.close();
  }
}
