/**
 * `npm run test:fuzz -- [--random | --seed N] [--examples N]`: requests generated from the served OpenAPI document, against a
 * local cloud of its own, with all of Schemathesis' checks; then generated GraphQL operations.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { startEmbeddedProcess } from '../support/e2e/embedded-process.ts';
import { fuzzRest } from './rest.ts';

const graphQlFuzz = new URL('graphql.ts', import.meta.url);

const usage = `npm run test:fuzz -- [options]    generated requests against a local cloud of its own

  --seed N        the same requests again (default: 1)
  --random        a seed of chance
  --examples N    cases an operation and phase (default: 250)
  --help          this text`;

const config = {
  options: {
    seed: { type: 'string' },
    random: { type: 'boolean', default: false },
    examples: { type: 'string', default: '250' },
  },
} as const;

await runCommand('test:fuzz', usage, config, async ({ values }) => {
  if (values.random && values.seed !== undefined)
    throw new UsageError('--random makes a seed of its own: leave out --seed');
  const seed = values.random ? randomInt(2 ** 31) : wholeNumberOf('seed', values.seed ?? '1');
  const examples = wholeNumberOf('examples', values.examples, 1);
  const synthesized = spawnSync(process.execPath, ['infra/synth-if-stale.ts'], { stdio: 'inherit' });
  if (synthesized.status !== 0) process.exit(synthesized.status ?? 1);

  const cloud = await startEmbeddedProcess(['--retry-scale', '0.01']);
  let failed = false;
  try {
    failed = !(await fuzzRest(cloud, { seed, examples }));
    if (existsSync(graphQlFuzz)) {
      const child = spawn(process.execPath, [graphQlFuzz.pathname, '--seed', `${seed}`, '--api', cloud.apiUrl], {
        stdio: 'inherit',
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      failed ||= code !== 0;
    }
  } finally {
    await cloud.stop();
  }
  process.exitCode = failed ? 1 : 0;
});
