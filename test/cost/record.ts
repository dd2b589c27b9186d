/** `npm run cost:record`: traces runs on the local cloud and writes what the cost model takes from them. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recordedFile } from '#infra/cost/recorded.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { projectRoot } from '#infra/paths.ts';
import { record } from '#test/support/cost/recording.ts';
import { openFaultyCloud } from '#test/support/faulty-cloud.ts';

const usage = `npm run cost:record    traces a run of each type on the local cloud, and writes the sizes of items and of log lines for npm run cost

  --help    this text`;

await runCommand('cost:record', usage, { options: {} }, async () => {
  const target = await openFaultyCloud(undefined, { meter: true });
  try {
    const file = fileURLToPath(recordedFile);
    writeFileSync(file, `${JSON.stringify(await record(target), undefined, 2)}\n`);
    execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file], {
      cwd: projectRoot,
      stdio: 'ignore',
    });
    console.log('Recorded infra/cost/recorded.json');
  } finally {
    await target.close();
  }
});
