/**
 * `node test/support/run-scripts.ts < REQUESTS > ANSWERS`: several scripts of the project one after the other in one process, which
 * loads once what they share. For what ends at once, as `--help` does: a script is asked in its own file, and sees its own
 * arguments, output and exit code.
 */
import { stdin, stdout } from 'node:process';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

export interface ScriptRequest {
  readonly file: string;
  readonly args: readonly string[];
}

export interface ScriptAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** In place of the end of the process. */
class Exit extends Error {}

const exit = (code?: number | string | null): never => {
  if (code !== undefined) process.exitCode = code;
  throw new Exit();
};

const asked = new Set<string>();

/** With another query it is another module: a script may be asked more than once. */
function moduleOf(file: string): string {
  const { href } = pathToFileURL(file);
  const isFirst = !asked.has(href);
  asked.add(href);
  return isFirst ? href : `${href}?again=${performance.now()}`;
}

async function run({ file, args }: ScriptRequest): Promise<ScriptAnswer> {
  const printed = { stdout: '', stderr: '' };
  const kept = { argv: process.argv, exit: process.exit, stdout: stdout.write, stderr: process.stderr.write };
  process.argv = [process.execPath, file, ...args];
  process.exit = exit;
  process.exitCode = 0;
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (chunk: string | Uint8Array): boolean => {
      printed[name] += String(chunk);
      return true;
    };
  }
  try {
    await import(moduleOf(file));
  } catch (error) {
    if (!(error instanceof Exit)) {
      process.exitCode = 1;
      printed.stderr += `${error instanceof Error ? error.stack : error}\n`;
    }
  } finally {
    Object.assign(process, { argv: kept.argv, exit: kept.exit });
    stdout.write = kept.stdout;
    process.stderr.write = kept.stderr;
  }
  return { code: Number(process.exitCode), ...printed };
}

const requests = JSON.parse(await text(stdin)) as ScriptRequest[];
const answers: ScriptAnswer[] = [];
for (const request of requests) answers.push(await run(request));
process.exitCode = 0;
stdout.write(JSON.stringify(answers));
