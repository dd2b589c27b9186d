import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadStack } from '#embedded/index.ts';
import { pythonEnvironment } from '#infra/operations/python-environment.ts';
import { localIssuerOf } from '../../localstack/issuer.ts';
import type { RunningProcess } from '../support/e2e/embedded-process.ts';
import { authorizeCharge } from '../support/e2e/saga.ts';
import { connect } from '../support/e2e/target.ts';

/** The acceptance asks for as many. */
const fewestCases = 2000;

/** Who sends the cases, and owns the charges. */
const sub = 'fuzz';

const here = fileURLToPath(new URL('.', import.meta.url));

interface Report {
  readonly seed: number;
  readonly test_cases: { readonly generated: number; readonly unique_failures: number; readonly errored: number };
}

/** @returns whether nothing was found in enough cases; prints what was */
export async function fuzzRest(
  { apiUrl, awsUrl }: RunningProcess,
  { seed, examples }: { readonly seed: number; readonly examples: number },
): Promise<boolean> {
  const schemathesis = join(pythonEnvironment('schemathesis', join(here, 'requirements.txt')), 'st');
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  await authorizeCharges(apiUrl, awsUrl, folder);
  const report = join(folder, 'report.json');
  const code = await run(
    schemathesis,
    [
      ...['--config-file', join(folder, 'schemathesis.toml'), 'run', `${apiUrl}/openapi.json`],
      ...['--header', `Authorization: Bearer ${await token()}`],
      ...['--checks', 'all', '--seed', `${seed}`, '--max-examples', `${examples}`, '--continue-on-failure'],
      ...['--generation-database', 'none', '--report', 'json', '--report-json-path', report],
    ],
    { cwd: folder, env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: here } },
  );
  if (!existsSync(report)) throw new Error(`Schemathesis ended with code ${code} and without a report`);
  const { test_cases: cases } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  console.log(
    `\nREST: ${cases.generated} cases, seed ${seed}, ${cases.unique_failures} failures, ${cases.errored} errors`,
  );
  if (cases.generated < fewestCases) console.error(`Fewer than ${fewestCases} cases: raise --examples`);
  return code === 0 && cases.generated >= fewestCases;
}

/** Charges that bookings may use, listed beside a copy of the configuration that names the list. */
async function authorizeCharges(apiUrl: string, awsUrl: string, folder: string): Promise<void> {
  const target = await connect(apiUrl, awsUrl, async () => undefined);
  const tokens = Array.from({ length: 200 }, (_, number) => `fuzz-charge-${number}`);
  for (const one of tokens) await authorizeCharge(target, one, sub, 99_999_999);
  await target.close();
  writeFileSync(join(folder, 'charges.txt'), tokens.map((one) => JSON.stringify(one)).join('\n'));
  writeFileSync(join(folder, 'schemathesis.toml'), readFileSync(join(here, 'schemathesis.toml')));
}

async function token(): Promise<string> {
  const issuer = await localIssuerOf(loadStack('cdktf.out/stacks/booking-saga-local/cdk.tf.json'));
  if (issuer === undefined) throw new Error('The stack has no JWT authorizer');
  return issuer.sign({ sub });
}

async function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
