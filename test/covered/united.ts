interface Position {
  readonly line: number;
  readonly column: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** What ran of one file, as Istanbul has it. V8 gives a statement for each line. */
export interface FileCoverage {
  readonly statementMap: Readonly<Record<string, Range>>;
  readonly s: Readonly<Record<string, number>>;
  readonly fnMap: Readonly<Record<string, { readonly loc: Range }>>;
  readonly f: Readonly<Record<string, number>>;
  readonly branchMap: Readonly<Record<string, { readonly locations: readonly Range[] }>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

export interface Count {
  readonly covered: number;
  readonly total: number;
}

export interface Counts {
  readonly lines: Count;
  readonly branches: Count;
}

/**
 * What the tests ran of a file in their own process, or in processes that they started. V8 names a branch only where it ran another number
 * of times than the code around it, so each process has branches of its own: those of the tests' process count, or, where the file did not run
 * there, those of the others.
 */
export function united(own: FileCoverage, others: FileCoverage | undefined): Counts {
  const ran = Object.values(own.s).some((count) => count > 0);
  const measured = [...(ran ? [own] : []), ...(others === undefined ? [] : [others])];
  const lines = Object.values(own.statementMap).map(({ start }) => start.line);
  const branches = positionsOf(measured[0] ?? own);
  const ranLines = new Set(measured.flatMap(linesOf));
  const ranges = measured.map(rangesOf);
  return {
    lines: countOf(lines, (line) => ranLines.has(line)),
    branches: countOf(branches, (position) => ranges.some((each) => timesAt(each, position) > 0)),
  };
}

const countOf = <Item>(items: readonly Item[], isCovered: (item: Item) => boolean): Count => ({
  covered: items.filter(isCovered).length,
  total: items.length,
});

const linesOf = ({ statementMap, s }: FileCoverage): number[] =>
  Object.entries(statementMap).flatMap(([key, { start }]) => ((s[key] ?? 0) > 0 ? [start.line] : []));

/** Where branches begin; two of them at one place are one. */
function positionsOf({ branchMap }: FileCoverage): Position[] {
  const starts = Object.values(branchMap).flatMap(({ locations }) => locations.map(({ start }) => start));
  return [...new Map(starts.map((start) => [`${start.line}:${start.column}`, start])).values()];
}

/** A function or branch with how often it ran. */
type Ran = readonly [range: Range, times: number];

const rangesOf = ({ fnMap, f, branchMap, b }: FileCoverage): Ran[] => [
  ...Object.entries(fnMap).map(([key, { loc }]) => [loc, f[key] ?? 0] as const),
  ...Object.entries(branchMap).flatMap(([key, { locations }]) =>
    locations.map((range, index) => [range, b[key]?.[index] ?? 0] as const),
  ),
];

/** How often the innermost branch or function around a position ran. What is in neither ran when the file was loaded. */
function timesAt(ranges: readonly Ran[], position: Position): number {
  const around = ranges.filter(([{ start, end }]) => !isBefore(position, start) && !isBefore(end, position));
  const innermost = around.reduce<Ran | undefined>(
    (inner, next) => (inner === undefined || isWithin(next[0], inner[0]) ? next : inner),
    undefined,
  );
  return innermost === undefined ? 1 : innermost[1];
}

const isBefore = (one: Position, other: Position): boolean =>
  one.line < other.line || (one.line === other.line && one.column < other.column);

const isWithin = (inner: Range, outer: Range): boolean =>
  !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);

export const sum = (counts: readonly Count[]): Count => ({
  covered: counts.reduce((all, { covered }) => all + covered, 0),
  total: counts.reduce((all, { total }) => all + total, 0),
});
