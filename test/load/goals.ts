import type { Figures } from './measure-target.ts';

interface Goal {
  readonly what: string;
  readonly value: number | undefined;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const inFlight = [1, 8, 50];

/** What is asked of the embedded cloud, a line each: the value, what it should be, and whether it is. */
export function goalLines(results: ReadonlyMap<string, Figures>): string[] {
  const own = results.get('embedded');
  if (own === undefined) return [];
  const ratio = (figure: string, to: number | undefined): number | undefined => {
    const value = own.get(figure);
    return value === undefined || to === undefined ? undefined : value / to;
  };
  const peer = results.get('ministack');
  const floor = own.get('floor of processors a booking, ms');
  const goals: Goal[] = [
    ...inFlight.map((load) => {
      const figure = `bookings a second, ${load} in flight`;
      return { what: `${figure}, times MiniStack's`, value: ratio(figure, peer?.get(figure)), atLeast: 10 };
    }),
    { what: 'success p50, ms', value: own.get('success p50, ms'), atMost: 17 },
    { what: 'first booking after start, ms', value: own.get('first booking after start, ms'), atMost: 500 },
    { what: 'resident memory idle, MB', value: own.get('resident memory idle, MB'), atMost: 250 },
    ...inFlight
      .slice(-1)
      .map((load) => `resident memory after ${load} in flight, MB`)
      .map((what) => ({ what, value: own.get(what), atMost: 400 })),
    {
      what: 'processors a booking at 50 in flight, times the floor',
      value: ratio('processors a booking, 50 in flight, ms', floor),
      atMost: 1.3,
    },
  ];
  return ['| Asked of the embedded cloud | is | wanted | |', '| --- | --- | --- | --- |', ...goals.map(lineOf)];
}

function lineOf({ what, value, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Goal): string {
  const wanted = Number.isFinite(atLeast) ? `≥ ${atLeast}` : `≤ ${atMost}`;
  if (value === undefined) return `| ${what} | – | ${wanted} | not measured |`;
  const met = value >= atLeast && value <= atMost;
  return `| ${what} | ${value >= 100 ? value.toFixed(0) : value.toFixed(1)} | ${wanted} | ${met ? 'met' : 'missed'} |`;
}
