import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { planableStack, textAfter } from '#test/terraform/plan-review/planned.ts';
import { plantedDangers } from '#test/terraform/plan-review/planted.ts';
import type { Json } from './support/synthesized.ts';

const { config } = planableStack();
const before = JSON.stringify(config);

const changed = (change: (config: Json) => void): string => textAfter(config, change);

describe('npm run plan:review', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-review-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const [old, fresh] = [
    file('old.json', before),
    file(
      'new.json',
      changed(({ resource }) => plantedDangers.at(-1)?.plant(resource)),
    ),
  ];

  const planReview = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        ['infra/plan-review/main.ts', ...args],
        { cwd: projectRoot },
        (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });

  it('ends with 0, 2 or 3: nothing dangerous, something that was not accepted, nothing that was reviewed', async () => {
    const [same, dangerous, accepted, unreadable, missing] = await Promise.all([
      planReview('--stack', old, old),
      planReview('--stack', old, fresh),
      planReview('--stack', old, fresh, '--accept', 'safety-net-off', '--accept', 'data-lost'),
      planReview(file('none.json', '{"format_version":"9.0"}')),
      planReview(join(folder, 'missing.json')),
    ]);

    expect([same, dangerous, accepted, unreadable, missing].map(({ code }) => code)).toEqual([0, 2, 0, 3, 3]);
    expect(dangerous.stdout).toContain('is disabled: what it starts does not happen any more.');
    expect(accepted.stdout).toContain('Accepted (1)');
    expect(accepted.stderr).toContain('nothing in this plan is accepted by --accept data-lost');
    expect(unreadable.stderr).toContain('only 1.x is understood');
  });

  it('ends with 3 for a revision that git does not know, and for arguments that make no sense', async () => {
    const [unknown, option, misspelt, none] = await Promise.all([
      planReview('--from=nonsense'),
      planReview('--from=--help-me'),
      planReview(old, '--fromat', 'markdown'),
      planReview(),
    ]);

    expect([unknown, option, misspelt, none]).toEqual([
      { code: 3, stdout: '', stderr: expect.stringContaining('git knows no revision "nonsense"') },
      { code: 3, stdout: '', stderr: expect.stringContaining('git knows no revision "--help-me"') },
      { code: 3, stdout: '', stderr: expect.stringContaining("Unknown option '--fromat'") },
      { code: 3, stdout: '', stderr: expect.stringContaining('name one plan') },
    ]);
  });

  it('leaves no copy of the revision where it is interrupted', async () => {
    const copies = (): string[] =>
      [...readdirSync(join(projectRoot, '.local')), worktrees()].filter((name) => name.includes('plan-review-'));
    const worktrees = (): string =>
      execFileSync('git', ['worktree', 'list', '--porcelain'], { cwd: projectRoot, encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.startsWith(`worktree ${join(projectRoot, '.local')}`))
        .join();
    mkdirSync(join(projectRoot, '.local'), { recursive: true });
    const before = copies();
    const command = spawn(process.execPath, ['infra/plan-review/main.ts', '--from', 'HEAD'], {
      cwd: projectRoot,
      detached: true,
    });
    let told = '';
    command.stderr.on('data', (text) => {
      told += text;
    });
    // A terminal's Ctrl-C goes to all processes of the group, and npm hands it on.
    command.stderr.once('data', () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(-(command.pid ?? 0), signal);
    });
    const [code] = await once(command, 'close');

    expect([code, told.split('\n')[1]]).toEqual([3, 'plan:review: interrupted']);
    expect(copies()).toEqual(before);
  });

  it('draws what changes in the state machine, and nothing where it stays as it is', async () => {
    const other = file(
      'other-machine.json',
      changed(({ resource }) => {
        const [machine] = Object.values<Json>(resource.aws_sfn_state_machine);
        const definition = JSON.parse(machine.definition);
        definition.States.ReserveHotel.TimeoutSeconds = 14;
        machine.definition = JSON.stringify(definition);
      }),
    );
    const [drawn, none] = [join(folder, 'new', 'machine.svg'), join(folder, 'none.svg')];

    const [changing, same] = await Promise.all([
      planReview('--stack', old, other, '--svg', drawn),
      planReview('--stack', old, old, '--svg', none),
    ]);

    expect(changing.stdout).toContain('~ state "ReserveHotel"');
    expect(readFileSync(drawn, 'utf8')).toMatch(/^<svg .*\n<title>.*States: 0 added, 0 removed, 1 changed\./);
    expect(same.stderr).toContain('none.svg is not written');
    expect(existsSync(none)).toBe(false);
  });

  it('writes Markdown and SARIF', async () => {
    const [markdown, sarif] = await Promise.all(
      ['markdown', 'sarif'].map((format) => planReview('--stack', old, fresh, '--format', format)),
    );

    expect(markdown?.stdout).toMatch(/^### ⚠️ 1 dangerous/);
    expect(JSON.parse(sarif?.stdout ?? '')).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'safety-net-off', level: 'error' }] }],
    });
  });
});
