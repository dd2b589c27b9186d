import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'booking-cdktf-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An npx that tells how it was called, and ends with the code that it is told. */
beforeAll(() => {
  writeFileSync(
    join(folder, 'npx-cli.js'),
    `console.log(JSON.stringify({ arguments: process.argv.slice(2), skipLock: process.env.CDKTF_SKIP_PROVIDER_LOCK }));
     process.exitCode = Number(process.env.FAKE_EXIT_CODE ?? 0);`,
  );
});

function cdktf(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { CDKTF_SKIP_PROVIDER_LOCK: _, ...inherited } = process.env;
  const output = execFileSync(process.execPath, [join(projectRoot, 'infra', 'cdktf-cli', 'bin', 'cdktf.ts'), ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...inherited, npm_execpath: join(folder, 'npm-cli.js'), ...environment },
  });
  return JSON.parse(output) as { arguments: string[]; skipLock?: string };
}

describe('cdktf through npx', () => {
  it('is the CLI of the version that the bindings and the documentation name, and passes on all arguments', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const called = cdktf(['deploy', '--auto-approve', 'booking-saga-dev']).arguments;

    expect(called).toContain(`cdktf-cli@${devDependencies.cdktf}`);
    expect(called.slice(called.indexOf('--'))).toEqual(['--', 'cdktf', 'deploy', '--auto-approve', 'booking-saga-dev']);
  });

  it('asks no registry for further locks by default, so that a provider mirror is enough', () => {
    expect(cdktf(['diff']).skipLock).toBe('true');
    expect(cdktf(['diff'], { CDKTF_SKIP_PROVIDER_LOCK: 'false' }).skipLock).toBe('false');
  });

  it('fails where the CLI fails', () => {
    expect(() => cdktf(['diff'], { FAKE_EXIT_CODE: '3' })).toThrow(expect.objectContaining({ status: 3 }));
  });
});
