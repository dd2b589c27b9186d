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

describe.each([
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
  'docs',
])('npm run %s', (script) => {
  it('-- --help prints its purpose and options', async () => {
    const { code, stdout, stderr } = await run(script, ['--help']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^npm run (-s )?${script}\\b`));
    expect(stdout).toMatch(/--help +this text/);
  });

  it('does nothing for an unknown option, and points to --help', async () => {
    const { code, stdout, stderr } = await run(script, ['--aply']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${script}: .*--aply`));
    expect(stderr).toMatch(/--help +this text/);
  });
});

it('npm start ends with 2 for an unknown option, too', async () => {
  expect(await run('start', ['--aply'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--aply[\s\S]*--help/),
  });
});
