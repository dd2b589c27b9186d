/** `npm run test:e2e`: the same suite against any target. An emulator is started, deployed to and stopped again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { physicalName } from '#infra/config.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { machinePart, mockConfig } from '#test/mocks/cases.ts';
import { assertNoDrift, deploy } from '../../../localstack/deploy/deploy.ts';
import { openWorkspace } from '../../../localstack/deploy/workspace.ts';
import { startGateway } from '../../../localstack/gateway.ts';
import { type LocalTarget, startTarget, stopTarget } from '../../../localstack/target-process.ts';
import { stackWithoutCode } from './stack-without-code.ts';

const fullStackFile = 'cdktf.out/stacks/booking-saga-local/cdk.tf.json';
/** Away from the default of npm start, so that both can be there. */
const defaultPorts: Readonly<Record<LocalTarget, number>> = { localstack: 14566, ministack: 24566 };

const usage = `npm run test:e2e -- [options] [test files]

  --target NAME   embedded, localstack, ministack or an endpoint (embedded)
  --keep          leaves an emulator running
  --report FILE   writes Jest's JSON report there
  --help          this text`;

const config = {
  allowPositionals: true,
  options: {
    target: { type: 'string', default: 'embedded' },
    keep: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
} as const;

interface Asked {
  readonly values: { readonly target: string; readonly keep: boolean; readonly report?: string };
  readonly positionals: readonly string[];
}

/** Ctrl-C, or CI's time limit: what runs is ended, and the emulator is stopped all the same. */
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interruption.abort());

async function run(command: readonly string[], environment: Record<string, string> = {}): Promise<number> {
  const { signal } = interruption;
  const child = spawn(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...environment }, signal });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

function jest({ values, positionals }: Asked, environment: Record<string, string>): Promise<number> {
  const flags = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  // One file at a time: an emulator that is loaded from two sides at once only gets slower. Verbose, since what a target
  // cannot do is to be seen.
  // A test that ran out of time may still be asking, which must not keep the run from ending.
  const serially =
    values.target === 'embedded' ? [] : ['--runInBand', '--verbose', '--testTimeout', '300000', '--forceExit'];
  const report = values.report === undefined ? [] : ['--json', '--outputFile', values.report];
  const files = positionals.length > 0 ? positionals.map((name) => `test/e2e/.*${basename(name)}`) : ['test/e2e'];
  return run([...flags, ...files, ...serially, ...report], environment);
}

/** Only executions that ask for a case by name find anything mocked. */
function writeMockConfig(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'mocks-')), 'mocks.json');
  writeFileSync(file, JSON.stringify(mockConfig(physicalName({ stage: 'local' }, machinePart))));
  return file;
}

const isLocal = (target: string): target is LocalTarget => Object.hasOwn(defaultPorts, target);

async function runAgainst(asked: Asked): Promise<number> {
  const { target, keep } = asked.values;
  const port = isLocal(target) ? Number(process.env.AWS_PORT || defaultPorts[target]) : 0;
  if (isLocal(target)) process.env.SFN_MOCK_CONFIG = writeMockConfig();
  const endpoint = isLocal(target) ? await startTarget(target, port) : target;
  process.env.AWS_ENDPOINT_URL = endpoint;
  try {
    const deployment = await deploy(target, (line) => console.log(line));
    interruption.signal.throwIfAborted();
    const gateway =
      deployment.apiUrl === undefined
        ? await startGateway({ stackFile: fullStackFile, endpoint, port: 0 })
        : { url: deployment.apiUrl, close: async () => undefined };
    try {
      const { stackFolder } = openWorkspace({ name: deployment.target });
      const code = await jest(asked, {
        API_URL: gateway.url,
        AWS_ENDPOINT_URL: endpoint,
        E2E_TARGET: deployment.kind,
        E2E_STACK_FILE: stackWithoutCode(stackFolder),
      });
      interruption.signal.throwIfAborted();
      console.log('Checking that the tests have left nothing for Terraform to change …');
      await assertNoDrift(target, (line) => console.log(line));
      return code;
    } finally {
      await gateway.close();
    }
  } finally {
    if (isLocal(target) && !keep) await stopTarget(target, port);
  }
}

await runCommand('test:e2e', usage, config, async (asked) => {
  process.exitCode = await run(['infra/synth-if-stale.ts']);
  if (process.exitCode !== 0) return;
  process.exitCode = asked.values.target === 'embedded' ? await jest(asked, {}) : await runAgainst(asked);
});
// Pipes that the emulator inherited would keep this process.
process.exit();
