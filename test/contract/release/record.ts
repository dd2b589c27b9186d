/**
 * `npm run release:record -- NAME [--stack FILE --asl FILE]`: runs the local cloud from a synthesized stack (the present one, or an
 * older release's own) and keeps what its sagas pass: the release that the next one has to get along with.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openFaultyCloud, stackFile } from '#test/support/faulty-cloud.ts';
import { aslFile, projectRoot } from '../../../infra/paths.ts';
import { recordRelease } from './recording.ts';
import { previousAslFile, releaseFile } from './release.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stack: { type: 'string', default: stackFile }, asl: { type: 'string', default: aslFile } },
});
const [name, ...more] = positionals;

if (name === undefined || more.length > 0) {
  console.error('Name the release: npm run release:record -- v1.2.0');
  process.exitCode = 1;
} else {
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
}
