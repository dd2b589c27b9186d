import { quantile } from '../measure.ts';
import type { Driven } from './drive.ts';
import { type Fit, mostGrowth } from './fit.ts';
import type { Judged } from './judge.ts';
import type { PlannedBooking } from './plan.ts';

export interface Load {
  readonly command: string;
  readonly planned: readonly PlannedBooking[];
  readonly flights: number;
  readonly kills: number;
  readonly driven: Driven;
  readonly judged: Judged;
  readonly fit: Fit;
}

const quantiles = [0.5, 0.9, 0.99, 1] as const;

function percentiles(name: string, milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const cells = quantiles.map((q) => quantile(sorted, q).toFixed(0));
  return `| ${[name, String(sorted.length), ...cells].join(' | ')} |`;
}

export function flatness({ isFlat, samples, bytes, bytesABooking, dataABooking, growth }: Fit): string {
  if (isFlat === undefined)
    return `memory: ${samples} samples since the last start are too few to tell whether it is flat`;
  const kilobytes = (count: number): string => `${(count / 1024).toFixed(1)} kB`;
  return (
    `memory is ${isFlat ? 'flat' : 'NOT flat'}: ${(bytes / 2 ** 20).toFixed(0)} MB, ${kilobytes(bytesABooking)} more a booking, ` +
    `of which ${kilobytes(dataABooking)} are its items in the table; the rest is ${(100 * growth).toFixed(1)} % over ${samples} samples (at most ${100 * mostGrowth} %)`
  );
}

/** A Markdown page about one load. */
export function summaryOf({ command, planned, flights, kills, driven, judged, fit }: Load): string {
  const { begun, accepted, refusals, serverErrors, answerMs, runMs, seconds, processorMs } = driven;
  const { problems, letters, books } = judged;
  const statuses = Object.groupBy(books.headers.values(), ({ status }) => String(status));
  const ends = Object.entries(statuses).map(([status, headers = []]) => `${headers.length} ${status}`);
  const begunOnes = planned.slice(0, begun);
  const failing = begunOnes.filter(({ runType }) => runType !== 'success').length;
  const demo = begunOnes.filter(({ route }) => route === 'demo').length;
  return [
    '# Load',
    '',
    `\`${command}\``,
    '',
    `- ${begun} bookings over ${flights} flights, ${demo} of them by the demo route, ${failing} with a failing step; ${kills} kills`,
    `- ${accepted.length} accepted, ${refusals.length} refused, ${serverErrors.length} answers of 5xx; in the end ${ends.join(', ')}`,
    `- ${(accepted.length / seconds).toFixed(1)} bookings a second over ${seconds.toFixed(0)} s; ${(processorMs / Math.max(accepted.length, 1)).toFixed(1)} ms of the target's processors each`,
    `- dead letters that the load left, all moved back: ${JSON.stringify(letters)}`,
    `- ${flatness(fit)}`,
    `- ${problems.length === 0 ? 'no violation' : `${problems.length} violations`}`,
    '',
    '| ms | count | p50 | p90 | p99 | longest |',
    '| --- | --- | --- | --- | --- | --- |',
    percentiles('until a booking is accepted, its charge included', answerMs),
    percentiles("a booking's run, from its start to its end", runMs),
    '',
    ...[
      ...serverErrors.map((error) => `- 5xx: ${error}`),
      ...refusals.map((refusal) => `- refused: ${refusal}`),
      ...problems.map((problem) => `- ${problem}`),
    ].slice(0, 100),
    '',
  ].join('\n');
}
