import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { aslFile, projectRoot } from '#infra/paths.ts';
import { openFaultyCloud, stackFile } from '#test/support/faulty-cloud.ts';
import { recordRelease } from './recording.ts';
import { previousAslFile, releaseFile } from './release.ts';

const usage = `npm run release:record -- NAME [options]

Runs the local cloud from a synthesized stack and records what its sagas pass: the release that the next one has to work with.

  NAME            the release, for instance v1.2.0
  --stack FILE    an older release's stack, instead of the present one
  --asl FILE      an older release's state machine
  --help          this text`;

const config = {
  allowPositionals: true,
  options: { stack: { type: 'string', default: stackFile }, asl: { type: 'string', default: aslFile } },
} as const;

await runCommand('release:record', usage, config, async ({ values, positionals }) => {
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new UsageError('name one release');
  const target = await openFaultyCloud(values.stack);
  try {
    const release = await recordRelease(target, name);
    copyFileSync(values.asl, previousAslFile);
    writeFileSync(releaseFile, `${JSON.stringify(release, undefined, 2)}\n`);
    execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', releaseFile], {
      cwd: projectRoot,
      stdio: 'ignore',
    });
    const inputs = Object.values(release.inputs).flat().length;
    console.log(`Recorded release ${name}: ${release.stories.length} stories, ${inputs} inputs of its functions`);
  } finally {
    await target.close();
  }
});
