import { describe, expect, it } from '@jest/globals';
import { auditFlight, type FlightAuditStore } from '#functions/booking/auditing/audit-flight.ts';
import { type AuditProgress, auditSeatHolds, type SeatAuditStore } from '#functions/booking/auditing/seat-audit.ts';
import { timeFor } from '#test/support/audited-table.ts';

const now = () => '2026-07-01T10:00:00.000Z';

/** Flights without holds in memory, all of one kind; it notes which were looked at. */
function memoryFlights(ids: readonly string[], earlier?: AuditProgress) {
  const looked: string[] = [];
  let kept = earlier;
  const store: SeatAuditStore = {
    progress: async () => kept,
    saveProgress: async (progress) => {
      kept = progress;
    },
    flightsAfter: async (kind, flightId) => (kind === 'always' ? ids.filter((id) => id > (flightId ?? '')) : []),
    adoptPage: async () => undefined,
    flight: async (flightId) => {
      looked.push(flightId);
      return { holds: [], departureDate: undefined };
    },
    holders: async () => [],
    releaseSeat: async () => false,
    retire: async () => undefined,
  };
  return { store, looked };
}

describe('an audit that is stopped from outside', () => {
  const ids = Array.from({ length: 250 }, (_, index) => `f${1000 + index}`);

  /** The clock is looked at once before each flight. */
  const stoppedAfter = (flights: number) => {
    let looks = 0;
    return () => {
      if (looks++ > flights) throw new Error('stopped');
      return 600_000;
    };
  };
  const audit = (store: SeatAuditStore, msLeft: () => number) =>
    auditSeatHolds({ store, count: () => undefined, warn: () => undefined, now, msLeft });

  it.each([
    [99, 'f1000'],
    [100, 'f1100'],
    [230, 'f1200'],
  ])('given %d flights that were audited, then the next one begins with %s', async (flights, first) => {
    const { store, looked } = memoryFlights(ids);
    await expect(audit(store, stoppedAfter(flights))).rejects.toThrow('stopped');
    expect(looked).toHaveLength(flights);
    looked.length = 0;
    await expect(audit(store, () => 600_000)).resolves.toMatchObject({ finished: true });
    expect(looked[0]).toBe(first);
  });
});

describe('an audit whose table may have flights of older releases', () => {
  const adoptions = async (earlier: AuditProgress | undefined, msLeft: () => number) => {
    let pages = 0;
    const { store } = memoryFlights([], earlier);
    const adoptPage = async () => {
      pages += 1;
      return pages < 10 ? 'the end of a page' : undefined;
    };
    const audit = { store: { ...store, adoptPage }, count: () => undefined, warn: () => undefined, now, msLeft };
    return { ...(await auditSeatHolds(audit)), pages };
  };

  it('given no time for all of them, then has no round finished, though it knows of no flight', async () => {
    await expect(adoptions(undefined, timeFor(3))).resolves.toMatchObject({ pages: 3, flights: 0, finished: false });
  });

  it('given that an earlier release took all of them in, then does not look for them again', async () => {
    const earlier = { begunAt: now(), finishedAt: now(), adopted: 'all' };
    await expect(adoptions(earlier, () => 600_000)).resolves.toMatchObject({ pages: 0, finished: true });
  });
});

describe('an audit of departed flights', () => {
  it('given one of each kind, then lets go of the one whose audit ends with its departure', async () => {
    const retired: string[] = [];
    const store: SeatAuditStore = {
      ...memoryFlights([]).store,
      flightsAfter: async (kind, after) => (after === undefined ? [`a flight that is ${kind}`] : []),
      flight: async () => ({ holds: [], departureDate: '2026-01-01' }),
      retire: async (flightId) => void retired.push(flightId),
    };
    await auditSeatHolds({ store, count: () => undefined, warn: () => undefined, now, msLeft: () => 600_000 });
    expect(retired).toEqual(['a flight that is departing']);
  });
});

describe('an audit of flights that cannot be looked at', () => {
  const anAudit = (flight: SeatAuditStore['flight']) => {
    const counted: Record<string, number> = {};
    const count = (metric: string, value: number) => {
      counted[metric] = value;
    };
    const store = { ...memoryFlights(['f1', 'f2', 'f3']).store, flight };
    return { counted, run: () => auditSeatHolds({ store, count, warn: () => undefined, now, msLeft: () => 600_000 }) };
  };

  it('goes on with the others, and tells of each at the end', async () => {
    const { run, counted } = anAudit(async (id) => {
      if (id !== 'f2') throw new Error('no way');
      return { holds: ['a.b', 'c.d'], departureDate: undefined };
    });
    await expect(run()).rejects.toThrow('Not every flight could be audited: Flight f1: no way; Flight f3: no way');
    expect(counted).toMatchObject({ AuditedFlights: 3, AuditedSeatHolds: 2 });
  });
});

describe('the warning of a seat hold that names no booking', () => {
  const warningOf = async (hold: string) => {
    const warnings: string[] = [];
    const store: FlightAuditStore = {
      ...memoryFlights([]).store,
      flight: async () => ({ holds: [hold], departureDate: undefined }),
    };
    await auditFlight('f', { store, warn: (message) => void warnings.push(message), now, isRetiring: true });
    return warnings[0];
  };

  it('shows a short one whole', async () => {
    expect(await warningOf('x'.repeat(80))).toMatch(/: x{80}$/);
  });

  it('shows the beginning of a long one, which may be of kilobytes', async () => {
    expect(await warningOf('x'.repeat(81))).toMatch(/: x{80}…$/);
  });
});
