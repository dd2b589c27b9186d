/** `npm run docs`: writes the generated sections of the READMEs. With `--check` (`npm run lint:docs`) it says which are old. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../operations/run-command.ts';
import { projectRoot } from '../paths.ts';
import { unwrittenSections } from './markers.ts';
import { withSection } from './page.ts';
import { wholeFile } from './section.ts';
import { sections } from './sections.ts';

const usage = `npm run docs -- [options]    writes the generated sections of the READMEs, schema/openapi.json and schema/graphql/types.ts

  --check   writes nothing and says which are old (npm run lint:docs)
  --help    this text`;

await runCommand('docs', usage, { options: { check: { type: 'boolean', default: false } } }, ({ values }) => {
  writeThatOfThePackage(values.check);
  return write(values.check);
});

/** The package writes its own, which knows nothing of this project. */
function writeThatOfThePackage(isCheck: boolean): void {
  const file = join(projectRoot, 'localstack/embedded/test/docs/write-readme.ts');
  const { status } = spawnSync(process.execPath, [file, ...(isCheck ? ['--check'] : [])], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

async function write(isCheck: boolean): Promise<void> {
  for (const problem of isCheck ? unwrittenSections(sections) : []) {
    console.error(problem);
    process.exitCode = 1;
  }
  for (const section of sections) {
    const path = join(projectRoot, section.file);
    const page = readFileSync(path, 'utf8');
    const written = withSection(page, section, await section.content());
    if (written === page) continue;
    if (isCheck) {
      const place = section.marker === wholeFile ? section.file : `${section.file}: ${section.marker}`;
      console.error(`${place} is not what the code says: npm run docs writes it`);
      process.exitCode = 1;
      continue;
    }
    writeFileSync(path, written);
    console.log(`${section.file}: ${section.marker}`);
  }
}
