import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { configVariables, stageConfig } from '#infra/config.ts';
import { projectRoot } from '#infra/paths.ts';
import { targetVariables } from '#infra/target-profile.ts';
import { productionSettings } from './support/production.ts';

const folder = join(projectRoot, '.github', 'workflows');
const workflows = readdirSync(folder).sort();
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'booking-workflows-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** actionlint 1.7.7 as WebAssembly: what it prints, and whether it found something. */
function actionlint(pattern: string): { readonly found: boolean; readonly output: string } {
  const cli = join(projectRoot, 'node_modules', '@tktco', 'node-actionlint', 'bin', 'node-actionlint.js');
  try {
    const output = execFileSync(process.execPath, [cli, pattern], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { found: false, output };
  } catch (error) {
    return { found: true, output: String((error as { stdout?: string }).stdout) };
  }
}

describe('the GitHub workflows', () => {
  it('have nothing that actionlint finds', () => {
    expect(actionlint(`${folder}/*.yml`)).toEqual({
      found: false,
      output: expect.stringContaining(`Checking ${workflows.length} workflow file(s)`),
    });
  }, 30_000);

  it('would not pass it with a mistake in them', () => {
    const broken = textOf('deploy.yml').replace('vars.AWS_REGION', 'variables.AWS_REGION');
    writeFileSync(join(scratch, 'broken.yml'), broken);

    expect(actionlint(join(scratch, '*.yml'))).toEqual({
      found: true,
      output: expect.stringContaining('undefined variable "variables"'),
    });
  }, 30_000);

  it.each(workflows)('%s pins every action to a commit, with its version beside it', (name) => {
    const uses = textOf(name).match(/uses: .*/g) ?? [];

    expect(uses.length).toBeGreaterThan(0);
    for (const each of uses) expect(each).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(workflows)(
    '%s gives its token no more than reading, but for a comment by a job that runs no code',
    (name) => {
      const [head = '', ...jobs] = textOf(name).split(/^ {2}(?=[a-z-]+:$)/m);

      expect(textOf(name)).toMatch(/^permissions:/m);
      for (const part of [head, ...jobs]) {
        const granted = (part.match(/^ +[a-z-]+: (?:read|write)$/gm) ?? []).map((each) => each.trim());
        const isComment = part.startsWith('comment:');
        const allowed = isComment ? ['pull-requests: write'] : ['contents: read', 'id-token: write'];
        for (const each of granted) expect(allowed).toContain(each);
        if (isComment) expect(part).not.toMatch(/checkout@|npm |node /);
      }
      // Text in a branch name or a title would become part of the script.
      expect(textOf(name)).not.toMatch(/run: .*\$\{\{/);
    },
  );

  it.each(['deploy.yml', 'review.yml'])('%s passes every setting, save those that production refuses', (workflow) => {
    const passed = new Map(
      [...textOf(workflow).matchAll(/^ {2}([A-Z_]+): (.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    const refusedInProduction: readonly string[] = ['STRIPE_API_BASE', ...targetVariables];

    const runbook = `\${{ github.server_url }}/\${{ github.repository }}/blob/HEAD/docs/runbook.md`;
    const ofTheWorkflow: Readonly<Record<string, string>> = { STAGE: 'prod', RUNBOOK_URL: runbook };
    for (const name of configVariables.filter((each) => !refusedInProduction.includes(each))) {
      expect([name, passed.get(name)]).toEqual([name, ofTheWorkflow[name] ?? `\${{ vars.${name} }}`]);
    }
    expect(refusedInProduction.filter((name) => passed.has(name))).toEqual([]);
    for (const name of ['STRIPE_API_BASE', 'TARGET_ENDPOINT']) {
      expect(() => stageConfig({ ...productionSettings, [name]: 'http://127.0.0.1:1' })).toThrow(
        `${name} must not be set`,
      );
    }
  });

  it('plan for the review what is deployed later: with the same settings, and by a role that only reads', () => {
    const settingsOf = (name: string): string => /^env:\n(?: {2}.*\n)+/m.exec(textOf(name))?.[0] ?? '';
    const review = textOf('review.yml');

    expect(settingsOf('review.yml')).toBe(settingsOf('deploy.yml'));
    expect(settingsOf('review.yml')).toContain('STAGE: prod');
    expect(review).toMatch(/^on: pull_request$/m);
    expect(review.match(/role-to-assume: .*/g)).toEqual([`role-to-assume: \${{ vars.AWS_PLAN_ROLE_ARN }}`]);
    expect(review).toMatch(/run: terraform .* plan -lock=false .*-out=plan$/m);
    expect(review).not.toMatch(/terraform .* apply/);
    expect(textOf('deploy.yml')).toMatch(/^on:\n {2}push:\n {4}tags: \["v\*"\]$/m);
  });

  it('apply the plan that was approved, at the tested commit, and run the smoke test afterwards', () => {
    const jobs = Object.fromEntries(
      textOf('deploy.yml')
        .split(/^ {2}(?=[a-z]+:$)/m)
        .slice(1)
        .map((job) => [job.slice(0, job.indexOf(':')), job]),
    );
    const { release = '', apply = '', demo = '' } = jobs;
    const stepsOf = (job: string): string[] => job.match(/(?<=- (?:run|uses): ).*/g) ?? [];

    expect(Object.keys(jobs)).toEqual(expect.arrayContaining(['release', 'demo', 'apply']));
    expect(release).not.toMatch(/^ {4}environment:/m);
    expect(release).toContain('vars.AWS_PLAN_ROLE_ARN');
    expect(stepsOf(release).join('\n')).toMatch(/npm test[\s\S]*plan [^\n]*-out=plan[\s\S]*upload-artifact/);
    expect(apply).toMatch(/^ {4}environment: prod$/m);
    expect(apply).toMatch(/^ {4}needs: \[release, demo\]$/m);
    expect(stepsOf(apply).join('\n')).toMatch(
      /download-artifact[\s\S]*apply -lock-timeout=5m plan\n[\s\S]*npm run smoke/,
    );
    // Neither planned nor synthesized once more: that would be another plan.
    expect(apply).not.toMatch(/run: .*(terraform [^\n]* plan -|npm run synth)/);
    expect(demo).toMatch(/^ {4}environment: dev$/m);
    expect(stepsOf(demo).at(-1)).toBe('npm run smoke -- --outputs outputs.json');
    for (const job of [release, apply, demo]) expect(job).toContain('init -lockfile=readonly');
  });

  it('run only commands that package.json or the checkout has', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const commands = workflows.flatMap(
      (name) => textOf(name).match(/(?<=run: (?:env .* )?)(?:npm run \S+|\.ci\/run)/g) ?? [],
    );

    expect(commands).toEqual(expect.arrayContaining(['.ci/run', 'npm run synth', 'npm run smoke']));
    for (const command of commands) {
      const script = command.split(' ')[2];
      expect(script === undefined ? existsSync(join(projectRoot, command)) : Object.hasOwn(scripts, script)).toBe(true);
    }
  });
});
