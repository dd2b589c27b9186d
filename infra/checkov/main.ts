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
import { type Report, verdictOf } from './judge.ts';

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
    const { isGood, summary, problems } = verdictOf(reportOf(checkov, file), accepted);
    console.log(summary);
    for (const problem of problems) console.error(`  ${problem}`);
    return isGood;
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
