/** `npm run lint:stack`: checkov's rules over the stack of prod. Installs checkov into `.local/checkov` once; needs Python. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonEnvironment } from '../operations/python-environment.ts';
import { runCommand } from '../operations/run-command.ts';
import { projectRoot } from '../paths.ts';
import { synthesize } from '../synth.ts';
import { accepted } from './accepted.ts';
import { hclOf } from './hcl.ts';
import { type Finding, judge } from './judge.ts';

/** What production has to be told; nothing of it is looked at. */
const settings = {
  STAGE: 'prod',
  CORS_ORIGINS: 'https://example.com',
  TF_STATE_BUCKET: 'example',
  AWS_ACCOUNT_ID: '123456789012',
  ALARM_EMAIL: 'alarms@example.com',
  SES_IDENTITY_ARN: 'arn:aws:ses:us-east-1:123456789012:identity/example.com',
  SES_FROM_ADDRESS: 'bookings@example.com',
};

interface Report {
  readonly summary: { readonly passed: number; readonly failed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly Finding[] };
}

/** Fewer than it has would mean that checkov did not understand the file. */
const fewestPassed = 500;

async function main(): Promise<boolean> {
  const checkov = join(
    pythonEnvironment('checkov', join(projectRoot, 'infra', 'checkov', 'requirements.txt')),
    'checkov',
  );
  const folder = mkdtempSync(join(tmpdir(), 'booking-checkov-'));
  try {
    const stack = await synthesize({ ...settings, PATH: process.env.PATH, CDKTF_OUTDIR: join(folder, 'out') });
    const file = join(folder, 'main.tf');
    writeFileSync(file, hclOf(JSON.parse(readFileSync(stack, 'utf8'))));
    const { summary, results } = reportOf(checkov, file);
    const { open, gone } = judge(results.failed_checks, accepted);
    console.log(`checkov: ${summary.passed} passed, ${summary.failed - open.length} accepted, ${open.length} open`);
    for (const finding of open) console.error(`  ${finding}`);
    for (const id of gone) console.error(`  ${id} is accepted in infra/checkov/accepted.ts, but not found any more`);
    if (summary.parsing_errors > 0 || summary.passed < fewestPassed) {
      console.error('  checkov did not understand the stack: see infra/checkov/hcl.ts');
      return false;
    }
    if (open.length > 0) console.error('  mend them, or accept them with a reason in infra/checkov/accepted.ts');
    return open.length === 0 && gone.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reportOf(checkov: string, file: string): Report {
  const args = [
    '--file',
    file,
    '--framework',
    'terraform',
    '--output',
    'json',
    '--quiet',
    '--compact',
    '--skip-download',
  ];
  const { stdout, stderr, error } = spawnSync(checkov, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  try {
    return [JSON.parse(stdout)].flat()[0] as Report;
  } catch {
    throw new Error(`checkov gave no report: ${error?.message ?? stderr.slice(-1000)}`);
  }
}

const usage = `npm run lint:stack    checkov's rules over the stack of prod

Installs checkov into .local/checkov once; needs Python 3.10 or newer.

  --help   this text`;

await runCommand('lint:stack', usage, {}, async () => {
  if (!(await main())) process.exitCode = 1;
});
