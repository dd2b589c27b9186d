/** A run as bars along time. What is idle, between two attempts say, is drawn short where it would hide the rest. */
import { isFailure, type RunModel, type Visit } from './run.ts';

/** A piece of a bar, in shares of the whole width. */
export interface Piece {
  readonly kind: 'succeeded' | 'failed' | 'running' | 'wait';
  readonly from: number;
  readonly width: number;
}

export interface TimelineRow {
  readonly visit: Visit;
  readonly from: number;
  readonly width: number;
  readonly pieces: readonly Piece[];
  /** Waited between its attempts, milliseconds. */
  readonly waited: number;
}

/** Where time was left out. */
export interface Break {
  readonly at: number;
  readonly skippedMs: number;
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  readonly breaks: readonly Break[];
  /** Marks of the ruler, milliseconds since the run began. */
  readonly ticks: readonly { readonly at: number; readonly milliseconds: number }[];
}

type Span = readonly [from: number, to: number];

/** An idle span is drawn at most as long as this share of the time in which something ran. */
const idleShare = 0.5;
const leastIdleMs = 300;

export function timelineOf({ visits, startedAt = 0 }: RunModel, now: number): Timeline {
  const end = Math.max(now, ...visits.map(({ exitedAt }) => exitedAt ?? now), startedAt + 1);
  const busy = merged(visits.flatMap((visit) => busySpans(visit, now)));
  const scale = scaleOf(startedAt, end, busy);
  const shareOf = ([from, to]: Span): { readonly from: number; readonly width: number } => ({
    from: scale.share(from),
    width: Math.max(0, scale.share(to) - scale.share(from)),
  });
  const rows = visits.map((visit): TimelineRow => {
    const waits = waitsOf(visit, now);
    const tries = visit.attempts.map((attempt): Piece => {
      const kind = isFailure(attempt) ? 'failed' : attempt.outcome === 'running' ? 'running' : 'succeeded';
      return { kind, ...shareOf([attempt.from, attempt.to ?? visit.exitedAt ?? now]) };
    });
    return {
      visit,
      ...shareOf([visit.enteredAt, visit.exitedAt ?? now]),
      pieces: [...waits.map((span): Piece => ({ kind: 'wait', ...shareOf(span) })), ...tries],
      waited: waits.reduce((sum, [from, to]) => sum + to - from, 0),
    };
  });
  return { rows, breaks: scale.breaks, ticks: ticksOf(scale, startedAt) };
}

/** When something ran: attempts, and states without any other than those that only wait. */
function busySpans({ type, attempts, enteredAt, exitedAt }: Visit, now: number): Span[] {
  if (attempts.length > 0) return attempts.map(({ from, to }) => [from, to ?? exitedAt ?? now]);
  return type === 'Wait' ? [] : [[enteredAt, enteredAt]];
}

function waitsOf({ type, attempts, enteredAt, exitedAt, status }: Visit, now: number): Span[] {
  if (type === 'Wait') return [[enteredAt, exitedAt ?? now]];
  const waits = attempts.slice(1).map(({ from }, at): Span => [attempts[at]?.to ?? from, from]);
  const last = attempts.at(-1);
  if (status === 'retrying' && last?.to !== undefined) waits.push([last.to, exitedAt ?? now]);
  return waits.filter(([from, to]) => to > from);
}

function merged(spans: readonly Span[]): Span[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...spans].sort(([one], [other]) => one - other)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

interface Scale {
  readonly breaks: readonly Break[];
  /** From 0 to 1. */
  share(at: number): number;
  /** The other way round. */
  time(share: number): number;
}

/** Time in pieces, each drawn at its own rate. */
function scaleOf(start: number, end: number, busy: readonly Span[]): Scale {
  const ran = busy.reduce((sum, [from, to]) => sum + to - from, 0);
  const mostIdle = Math.max(leastIdleMs, ran * idleShare);
  const pieces: { from: number; to: number; length: number; drawn: number }[] = [];
  const add = (from: number, to: number, isIdle: boolean): void => {
    if (to > from)
      pieces.push({ from, to, length: to - from, drawn: isIdle ? Math.min(to - from, mostIdle) : to - from });
  };
  let at = start;
  for (const [from, to] of busy) {
    add(at, from, true);
    add(Math.max(at, from), to, false);
    at = Math.max(at, to);
  }
  add(at, end, true);
  const total = pieces.reduce((sum, { drawn }) => sum + drawn, 0) || 1;
  let before = 0;
  const placed = pieces.map((piece) => {
    const from = before;
    before += piece.drawn;
    return { ...piece, start: from / total, share: piece.drawn / total };
  });
  return {
    breaks: placed
      .filter(({ length, drawn }) => length > drawn)
      .map(({ start: from, share, length, drawn }) => ({ at: from + share / 2, skippedMs: length - drawn })),
    share(time) {
      const piece = placed.find(({ to }) => time <= to) ?? placed.at(-1);
      if (piece === undefined) return 0;
      const inside = Math.min(1, Math.max(0, (time - piece.from) / piece.length));
      return piece.start + inside * piece.share;
    },
    time(share) {
      const piece = placed.find(({ start: from, share: width }) => share <= from + width) ?? placed.at(-1);
      if (piece === undefined) return start;
      return piece.from + (piece.share === 0 ? 0 : ((share - piece.start) / piece.share) * piece.length);
    },
  };
}

const tickCount = 4;

function ticksOf(scale: Scale, startedAt: number): Timeline['ticks'] {
  return Array.from({ length: tickCount + 1 }, (_, index) => {
    const at = index / tickCount;
    return { at, milliseconds: Math.max(0, scale.time(at) - startedAt) };
  });
}
