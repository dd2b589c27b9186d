import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The script's own command: what comes before `&&` makes a synth. */
const run = (script: string, args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const [program = '', ...words] = scripts[script]?.split('&&').at(-1)?.trim().split(' ') ?? [];
    const command = program === 'node' ? process.execPath : program;
    execFile(command, [...words, ...args], { env: { ...process.env, TF_STATE_BUCKET: '' } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

/** Scripts that are not asked, since they have no text of their own. */
const exempt: Readonly<Record<string, string>> = {
  check: 'a chain of other scripts, each of which answers',
  'lint:workflows': 'actionlint knows no --help, and takes it for a file',
};

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
  name in exempt || (command.includes('jest/main.mjs') && name !== 'test') ? [] : [name],
);

describe('npm run', () => {
  it.each(asked)('%s -- --help prints its purpose and options', async (script) => {
    const { code, stdout, stderr } = await run(script, ['--help']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (othersWords[script] === undefined) {
      expect(stdout).toMatch(new RegExp(`^npm (run )?(-s )?${script}\\b`));
      expect(stdout).toMatch(/--help +this text/);
    } else expect(stdout).toMatch(othersWords[script]);
  });

  it.each([
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
    'conformance',
    'docs',
    'build',
    'synth',
    'swap:cdktn',
    'test:seeds',
  ])('%s does nothing for an unknown option, and points to --help', async (script) => {
    const { code, stdout, stderr } = await run(script, ['--aply']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${script}: .*--aply`));
    expect(stderr).toMatch(/--help +this text/);
  });
});
