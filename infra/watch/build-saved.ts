/**
 * Builds what is saved. The parent process hears of it by messages: `built` with zips by function name, `synthesizing`,
 * `synthesized`, and `failed` with what the author has to know. Times are epoch milliseconds. Ends with its parent, and once `synthesized` asks for another process: this one knows the functions and legs
 * that it began with. Arguments: epoch milliseconds since which files count as saved, and files that are to be looked at.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type BuildFailure, formatMessages } from 'esbuild';
import { prepareVendor, variantOf } from '../bundling/bundle.ts';
import { physicalName, stageConfig } from '../config.ts';
import { projectRoot } from '../paths.ts';
import { affectedBy, type Sources } from './affected.ts';
import { createBuilder } from './builder.ts';
import { sourcesOf } from './sources.ts';
import { tellParent } from './tell-parent.ts';
import { createTurns } from './turns.ts';
import { watchedFolders, watchFolders } from './watch-folders.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 25;
const LOOK_AFTER_MS = 3_000;
const END_AFTER_MS = 2_000;

const config = stageConfig();
const variant = variantOf(config);
const build = createBuilder(variant, config.stage === 'local');
const run = promisify(execFile);
let sources: Promise<Sources> | undefined;

const [since = String(performance.timeOrigin), ...left] = process.argv.slice(2);
const changed = new Set(left);
/** Of a stack that could not be made: it is made of them and of what is saved next. */
let unmade: readonly string[] = [];
let settling: NodeJS.Timeout | undefined;
const turns = createTurns();

function look(again = false): Promise<Sources> {
  if (again || sources === undefined) sources = sourcesOf(variant);
  return sources;
}

/** So that the first file that is saved is as quick as the next. A failure is told when a file is saved. */
async function prepare(): Promise<void> {
  await Promise.allSettled([look(), prepareVendor(variant)]);
}

async function take(): Promise<void> {
  const began = Date.now();
  const files = [...unmade, ...changed];
  changed.clear();
  unmade = [];
  try {
    // What was broken when it was last looked at may be mended now.
    const known = await look().catch(() => look(true));
    const { functions, stack } = affectedBy(files, known);
    if (stack !== 'nothing') {
      unmade = files;
      tellParent({ type: 'synthesizing' });
      // The bundler names file and line of a syntax error; what loads the file next may not, and is not at fault.
      if (stack === 'sources') await look(true);
      await makeStack(stack === 'sources' || functions.length > 0);
      unmade = [];
      if (stack === 'sources') return makeWay(began);
      tellParent({ type: 'synthesized', savedAt: began });
    } else if (functions.length > 0) {
      const zips = await build(functions);
      tellParent({
        type: 'built',
        savedAt: began,
        zips: Object.fromEntries([...zips].map(([name, zip]) => [physicalName(config, name), zip])),
      });
    }
    if (functions.length > 0 || stack !== 'nothing') look(true).catch(() => {});
  } catch (error) {
    tellParent({ type: 'failed', text: await wordsOf(error) });
  }
}

/** Functions and machine at once: a price that the API asks for a leg is asked only where the machine books it. */
async function makeStack(withFunctions: boolean): Promise<void> {
  const { execPath } = process;
  await run(execPath, ['infra/lint-asl.ts', '--legs'], { cwd: projectRoot });
  await run(execPath, ['infra/synth.ts', ...(withFunctions ? [] : ['--built'])], { cwd: projectRoot });
}

/** For a process that loads the sources as they are now. What is saved in between is left to it. */
function makeWay(began: number): void {
  stopWatching();
  clearTimeout(settling);
  turns.end();
  tellParent({ type: 'synthesized', savedAt: began, next: [String(began), ...changed] });
}

async function wordsOf(error: unknown): Promise<string> {
  const { errors } = error as Partial<BuildFailure>;
  if (errors !== undefined) return bundlerText(errors);
  const { stderr, message } = error as Error & { stderr?: string };
  return (stderr ?? message).trim();
}

/** The terminal begins with the same mark as the bundler. */
async function bundlerText(errors: BuildFailure['errors']): Promise<string> {
  const text = (await formatMessages(errors, { kind: 'error', color: false })).join('').trim();
  return text.replace(/^\S+ \[ERROR\] /, '');
}

function touch(file: string): void {
  changed.add(file);
  settle();
}

function settle(): void {
  clearTimeout(settling);
  settling = setTimeout(() => turns.add(take), SETTLE_MS);
}

// Loading the bundler takes a second, in which a file may be saved already.
const stopWatching = watchFolders(projectRoot, watchedFolders, touch, Number(since));
if (left.length > 0) settle();
// The first requests and the loading of functions come first.
setTimeout(() => turns.add(prepare), LOOK_AFTER_MS);
// Ctrl-C reaches all of a terminal's processes: the parent ends first, in its own way.
process.on('SIGINT', () => {});
// Not in the middle of a build: the bundler's own process would complain.
process.on('disconnect', () => {
  turns.end();
  setTimeout(() => process.exit(0), END_AFTER_MS);
  void turns
    .done()
    .then(() => look().catch(() => undefined))
    .then(() => process.exit(0));
});
