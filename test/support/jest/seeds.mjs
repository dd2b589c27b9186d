/**
 * `npm run test:seeds`: what passes by luck alone shows here, with the seed to repeat it:
 * `FAST_CHECK_SEED=N npm run test:unit -- --randomize --seed N`.
 */
import { spawnSync } from 'node:child_process';
import { wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand } from '#infra/operations/run-command.ts';

const usage = `npm run test:seeds -- [options]    the unit tests again and again, each time in another order and with other random cases

  --times N   how often (default: 20)
  --from N    the first seed (default: 1)
  --help      this text`;

const options = { times: { type: 'string', default: '20' }, from: { type: 'string', default: '1' } };
await runCommand('test:seeds', usage, { options }, ({ values }) => {
  const first = wholeNumberOf('from', values.from);
  const seeds = Array.from({ length: wholeNumberOf('times', values.times, 1) }, (_, index) => first + index);
  const isGreen = (seed) => {
    console.log(`== seed ${seed}`);
    const args = ['test/support/jest/main.mjs', 'unit', '--randomize', '--seed', `${seed}`, '--reporters', 'summary'];
    const env = { ...process.env, FAST_CHECK_SEED: `${seed}` };
    return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status === 0;
  };
  const failed = seeds.filter((seed) => !isGreen(seed));
  console.log(
    `${seeds.length - failed.length} of ${seeds.length} runs passed${failed.length > 0 ? `; failed with seed ${failed.join(', ')}` : ''}`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
});
