import type { FunctionStarts } from './function-starts.ts';

type Results<Value> = ReadonlyMap<string, ReadonlyMap<string, Value>>;

function rounded(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 1 ? value.toFixed(1) : value.toPrecision(2);
}

/** A value with its ratio to the same figure of the first target. */
export const compared = (value: number, reference: number): string =>
  `${rounded(value)} (${rounded(value / reference)}×)`;

/** A row a figure, a column a target; ratios are to the first target. */
export function figuresTable(results: Results<number>): string[] {
  const [base = new Map<string, number>()] = results.values();
  const cell = (value: number | undefined, reference: number): string =>
    value === undefined ? '–' : compared(value, reference);
  return [
    ...heading(['Figure', ...results.keys()]),
    ...[...base].map(([figure, reference]) =>
      row([figure, ...[...results.values()].map((one) => cell(one.get(figure), reference))]),
    ),
  ];
}

/** A row a function: its zip, and how long its first and second call take on each target. */
export function functionsTable(results: Results<FunctionStarts>): string[] {
  const [base = new Map<string, FunctionStarts>()] = results.values();
  const cell = (starts: FunctionStarts | undefined): string =>
    starts === undefined ? '–' : `${rounded(starts.coldMs)} / ${rounded(starts.warmMs)}`;
  return [
    ...heading(['Function', 'Zip, kB', ...[...results.keys()].map((name) => `${name}: cold / warm call, ms`)]),
    ...[...base].map(([name, { zipBytes }]) =>
      row([`\`${name}\``, (zipBytes / 1000).toFixed(0), ...[...results.values()].map((one) => cell(one.get(name)))]),
    ),
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const heading = (cells: readonly string[]): string[] => [row(cells), row(cells.map(() => '---'))];
