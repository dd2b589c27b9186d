import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { physicalName, stageConfig } from '../config.ts';
import { textOfFile } from '../operations/option-values.ts';
import { UsageError } from '../operations/run-command.ts';
import { projectRoot, stackFile } from '../paths.ts';
import { svgOf } from './machine/svg.ts';
import type { Reading } from './reading/change.ts';
import { readPlan } from './reading/read-plan.ts';
import { readStacks } from './reading/read-stacks.ts';
import { markdownReport } from './report/markdown.ts';
import { sarifReport } from './report/sarif.ts';
import { textReport } from './report/text.ts';
import { type Review, reviewOf } from './review.ts';
import { synthesizeHere, synthesizeRevision } from './revision.ts';

/** The command line as it was read. */
export interface PlanReviewArguments {
  readonly values: {
    readonly from?: string | undefined;
    readonly stack?: string | undefined;
    readonly format: string;
    readonly svg?: string | undefined;
    readonly accept: readonly string[];
  };
  readonly positionals: readonly string[];
}

export interface PlanReviewDoors {
  /** The text of the input, which `-` stands for. */
  readonly input: () => string;
  readonly write: (report: string) => void;
  readonly complain: (line: string) => void;
  /** Aborted by the person who waits. */
  readonly interruption: () => AbortSignal;
  readonly synthesizeHere: typeof synthesizeHere;
  readonly synthesizeRevision: typeof synthesizeRevision;
}

const doorsOfProcess: PlanReviewDoors = {
  input: () => readFileSync(process.stdin.fd, 'utf8'),
  write: (report) => process.stdout.write(report),
  complain: (line) => console.error(line),
  interruption,
  synthesizeHere,
  synthesizeRevision,
};

interface Source {
  readonly reading: Reading;
  /** The file that a danger is about. */
  readonly file: string;
}

/** A report by its format. */
const reports: Readonly<Record<string, (review: Review, file: string) => string>> = {
  text: (review) => textReport(review),
  markdown: (review) => markdownReport(review),
  sarif: sarifReport,
};

/** Reviews what the command line names, and writes the report. */
export async function planReview(
  { values, positionals }: PlanReviewArguments,
  doors: PlanReviewDoors = doorsOfProcess,
): Promise<Review> {
  const reportOf = new Map(Object.entries(reports)).get(values.format);
  if (reportOf === undefined)
    throw new UsageError(`--format takes ${Object.keys(reports).join(', ')}, not "${values.format}"`);
  const { reading, file } = await sourceOf(values, positionals, doors);
  const review = reviewOf(reading, values.accept);
  const unused = values.accept.filter(
    (id) => !review.accepted.some((danger) => danger.id === id || danger.rule === id),
  );
  for (const id of unused) doors.complain(`plan:review: nothing in this plan is accepted by --accept ${id}`);
  const report = reportOf(review, file);
  if (values.svg !== undefined) await draw(review, values.svg, doors);
  doors.write(report);
  return review;
}

async function draw({ machine }: Review, file: string, { complain }: PlanReviewDoors): Promise<void> {
  if (machine === undefined) {
    complain(`plan:review: the state machine stays as it is, so ${file} is not written`);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await svgOf(machine.difference));
}

async function sourceOf(
  { from, stack }: PlanReviewArguments['values'],
  positionals: readonly string[],
  doors: PlanReviewDoors,
): Promise<Source> {
  const [first, ...more] = positionals;
  const textOf = (file: string): string => (file === '-' ? doors.input() : textOfFile(file));
  if (from !== undefined) {
    if (stack !== undefined || first !== undefined) throw new UsageError('--from takes a revision and nothing else');
    const name = physicalName(stageConfig());
    const say = (line: string): void => doors.complain(`plan:review: ${line}`);
    const waiting = { say, signal: doors.interruption() };
    const { text, note } = await doors.synthesizeRevision(from, waiting);
    if (note !== undefined) say(note);
    const file = relative(projectRoot, stackFile(name));
    return { reading: readStacks(text, await doors.synthesizeHere(waiting)), file };
  }
  if (first === undefined || more.length > 0) {
    throw new UsageError(stack === undefined ? 'name one plan' : '--stack takes two files');
  }
  if (stack !== undefined) return { reading: readStacks(textOf(stack), textOf(first)), file: first };
  return { reading: readPlan(textOf(first)), file: first };
}

/** Aborted by Ctrl-C, so that the copy of the revision is taken away. npm hands the signal on, so it comes twice. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}
