/** `npm run plan:review`: what a person has to look at in a plan before it is applied. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { physicalName, stageConfig } from '../config.ts';
import { textOfFile } from '../operations/option-values.ts';
import { runCommand, UsageError } from '../operations/run-command.ts';
import { projectRoot, stackFile } from '../paths.ts';
import { svgOf } from './machine/svg.ts';
import { type Reading, UnreadableError } from './reading/change.ts';
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

Ends with 0 where nothing is dangerous, with 2 where something is that was not accepted, and with 3 where the plan cannot be read.`;

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
const unreadable = 3;

await runCommand('plan:review', usage, config, async ({ values, positionals }) => {
  const formats = ['text', 'markdown', 'sarif'];
  if (!formats.includes(values.format))
    throw new UsageError(`--format takes ${formats.join(', ')}, not "${values.format}"`);
  try {
    const { reading, file } = sourceOf(values, positionals);
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
    if (review.dangers.length > 0) process.exitCode = dangerous;
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    console.error(`plan:review: ${error.message}`);
    process.exitCode = unreadable;
  }
});

async function draw({ machine }: Review, file: string): Promise<void> {
  if (machine === undefined) {
    console.error(`plan:review: the state machine stays as it is, so ${file} is not written`);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await svgOf(machine.difference));
}

function sourceOf({ from, stack }: { from?: string; stack?: string }, positionals: readonly string[]): Source {
  const [first, ...more] = positionals;
  if (from !== undefined) {
    if (stack !== undefined || first !== undefined) throw new UsageError('--from takes a revision and nothing else');
    const say = (line: string): void => console.error(`plan:review: ${line}`);
    const { text, note } = synthesizeRevision(from, say);
    if (note !== undefined) say(note);
    const file = relative(projectRoot, stackFile(physicalName(stageConfig())));
    return { reading: readStacks(text, synthesizeHere(say)), file };
  }
  if (first === undefined || more.length > 0) {
    throw new UsageError(stack === undefined ? 'name one plan' : '--stack takes two files');
  }
  if (stack !== undefined) return { reading: readStacks(textOf(stack), textOf(first)), file: first };
  return { reading: readPlan(textOf(first)), file: first };
}

function textOf(file: string): string {
  if (file === '-') return readFileSync(process.stdin.fd, 'utf8');
  try {
    return textOfFile(file);
  } catch (error) {
    throw new UnreadableError((error as Error).message);
  }
}
