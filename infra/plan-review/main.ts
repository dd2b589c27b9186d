/** `npm run plan:review`: what a person has to look at in a plan before it is applied. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { physicalName, stageConfig } from '../config.ts';
import { textOfFile } from '../operations/option-values.ts';
import { runCommand, UsageError } from '../operations/run-command.ts';
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

const usage = `npm run plan:review -- PLAN.json            of \`terraform show -json PLAN\`; - reads it from the input
npm run plan:review -- --from REV           what the working tree changes since a git revision, without Terraform
npm run plan:review -- --stack BEFORE AFTER two synthesized files, without Terraform

  --format FORMAT   text (default), markdown or sarif
  --svg FILE        draws what changes in the state machine, besides
  --accept ID       a danger that is accepted: its id as the report prints it, or the name of its rule; may be repeated
  STAGE             the stage that --from synthesizes: local (default), dev or prod
  --help            this text

Ends with 0 where nothing is dangerous, with 2 where something is that was not accepted, and with 3 where nothing was reviewed: the plan
cannot be read, or the options make no sense.`;

const config = {
  allowPositionals: true,
  options: {
    from: { type: 'string' },
    stack: { type: 'string' },
    format: { type: 'string', default: 'text' },
    svg: { type: 'string' },
    accept: { type: 'string', multiple: true, default: [] as string[] },
  },
} as const;

interface Source {
  readonly reading: Reading;
  /** The file that a danger is about. */
  readonly file: string;
}

const dangerous = 2;
const notReviewed = 3;
let isReviewed = false;

await runCommand('plan:review', usage, config, async ({ values, positionals }) => {
  const formats = ['text', 'markdown', 'sarif'];
  if (!formats.includes(values.format))
    throw new UsageError(`--format takes ${formats.join(', ')}, not "${values.format}"`);
  const { reading, file } = await sourceOf(values, positionals);
  const review = reviewOf(reading, values.accept);
  const unused = values.accept.filter(
    (id) => !review.accepted.some((danger) => danger.id === id || danger.rule === id),
  );
  for (const id of unused) console.error(`plan:review: nothing in this plan is accepted by --accept ${id}`);
  const report =
    values.format === 'text'
      ? textReport(review)
      : values.format === 'markdown'
        ? markdownReport(review)
        : sarifReport(review, file);
  if (values.svg !== undefined) await draw(review, values.svg);
  process.stdout.write(report);
  isReviewed = true;
  if (review.dangers.length > 0) process.exitCode = dangerous;
});
// A workflow that goes on after dangers must not go on after a misspelt option.
if (!isReviewed && process.exitCode) process.exitCode = notReviewed;

async function draw({ machine }: Review, file: string): Promise<void> {
  if (machine === undefined) {
    console.error(`plan:review: the state machine stays as it is, so ${file} is not written`);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await svgOf(machine.difference));
}

async function sourceOf(
  { from, stack }: { from?: string; stack?: string },
  positionals: readonly string[],
): Promise<Source> {
  const [first, ...more] = positionals;
  if (from !== undefined) {
    if (stack !== undefined || first !== undefined) throw new UsageError('--from takes a revision and nothing else');
    const name = physicalName(stageConfig());
    const say = (line: string): void => console.error(`plan:review: ${line}`);
    const waiting = { say, signal: interruption() };
    const { text, note } = await synthesizeRevision(from, waiting);
    if (note !== undefined) say(note);
    const file = relative(projectRoot, stackFile(name));
    return { reading: readStacks(text, await synthesizeHere(waiting)), file };
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

function textOf(file: string): string {
  return file === '-' ? readFileSync(process.stdin.fd, 'utf8') : textOfFile(file);
}
