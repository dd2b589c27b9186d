import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ScriptAnswer, ScriptRequest } from '#test/support/run-scripts.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const environment = { ...process.env, TF_STATE_BUCKET: '' };

function runAlone(command: string, args: readonly string[], input?: string): Promise<ScriptAnswer> {
  return new Promise((resolve) => {
    const child = execFile(command, args, { env: environment }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    // What ends without reading would break a pipe that is written to.
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** The script's own command: what comes before `&&` makes a synth. */
const wordsOf = (script: string): readonly string[] => scripts[script]?.split('&&').at(-1)?.trim().split(' ') ?? [];

/** Undefined where the script is another's program, or gives options to Node. */
function requestOf(script: string, option: string): ScriptRequest | undefined {
  const [program, file = '', ...args] = wordsOf(script);
  if (program !== 'node' || file.startsWith('--') || startsProcesses.test(file)) return undefined;
  return { file, args: [...args, option] };
}

/** What they start would print past them. */
const startsProcesses = /jest\/main\.mjs|local-cloud-alone/;

/** What a shell puts into the environment of the command that follows. */
const isVariable = /^\w+=/;

function run(script: string, option: string): Promise<ScriptAnswer> {
  const [program = '', ...words] = wordsOf(script);
  const args = [...words, option];
  if (program === 'node') return runAlone(process.execPath, args);
  return isVariable.test(program) ? runAlone('env', [program, ...args]) : runAlone(program, args);
}

/** Scripts that are another's tool, or another script with an option: they answer in its words. */
const othersWords: Readonly<Record<string, RegExp>> = {
  lint: /^Usage: biome check/m,
  'lint:fix': /^Usage: biome check/m,
  typecheck: /^tsc: The TypeScript Compiler/,
  'test:fuzz:long': /^npm run test:fuzz -- /,
  'lint:docs': /^npm run docs -- /,
  'bench:embedded': /^npm run bench -- /,
  ...Object.fromEntries(
    Object.entries(scripts).flatMap(([name, command]) =>
      /jest\/main\.mjs|local-cloud-alone/.test(command) ? [[name, /^Usage: jest/]] : [],
    ),
  ),
};

/** Scripts of one command answer alike: one of the kinds of tests is enough. */
const asked = Object.entries(scripts).flatMap(([name, command]) =>
  command.includes('jest/main.mjs') && name !== 'test' ? [] : [name],
);

const refusing = [
  'smoke',
  'release:record',
  'bootstrap:state',
  'deploy:policy',
  'versions',
  'dlq',
  'plan:review',
  'cost',
  'cost:record',
  'verify',
  'gateway',
  'trip',
  'token',
  'flights',
  'deploy:local',
  'destroy:local',
  'test:fuzz',
  'target:start',
  'target:stop',
  'test:e2e',
  'bench',
  'model',
  'kill-rounds',
  'simulate',
  'conformance',
  'docs',
  'build',
  'synth',
  'swap:cdktn',
  'test:seeds',
];

const questions = [
  ...asked.map((script) => ({ script, option: '--help' })),
  ...refusing.map((script) => ({ script, option: '--aply' })),
];
const answers = new Map<string, ScriptAnswer>();
const keyOf = (script: string, option: string): string => `${script} ${option}`;

/** In one process, which loads once what they share; a process each takes ten times the processor time. */
beforeAll(async () => {
  const together = questions.flatMap(({ script, option }) => {
    const request = requestOf(script, option);
    return request === undefined ? [] : [{ key: keyOf(script, option), request }];
  });
  const input = JSON.stringify(together.map(({ request }) => request));
  const { stdout, stderr } = await runAlone(process.execPath, ['test/support/run-scripts.ts'], input);
  if (stdout === '') throw new Error(stderr);
  for (const [at, answer] of (JSON.parse(stdout) as ScriptAnswer[]).entries())
    answers.set(together[at]?.key ?? '', answer);
});

/** A file that first looks whether the process began with it has said nothing: it is asked alone. */
async function answerOf(script: string, option: string): Promise<ScriptAnswer> {
  const answer = answers.get(keyOf(script, option));
  return answer === undefined || answer.stdout + answer.stderr === '' ? run(script, option) : answer;
}

describe('npm run', () => {
  it.each(asked)('%s -- --help prints its purpose and options', async (script) => {
    const { code, stdout, stderr } = await answerOf(script, '--help');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (othersWords[script] === undefined) {
      expect(stdout).toMatch(new RegExp(`^npm (run )?(-s )?${script}\\b`));
      expect(stdout).toMatch(/--help +this text/);
    } else expect(stdout).toMatch(othersWords[script]);
  });

  it.each(refusing)('%s does nothing for an unknown option, and points to --help', async (script) => {
    const { code, stdout, stderr } = await answerOf(script, '--aply');

    // Where 2 stands for dangers, wrong options have to be something else.
    expect({ code, stdout }).toEqual({ code: script === 'plan:review' ? 3 : 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${script}: .*--aply`));
    expect(stderr).toMatch(/--help +this text/);
  });
});
