/** `npm run docs`: writes the generated sections of the READMEs. With `--check` (`npm run lint:docs`) it says which are old. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../operations/run-command.ts';
import { projectRoot } from '../paths.ts';
import { withSection } from './page.ts';
import { sections } from './sections.ts';

const usage = `npm run docs -- [options]    writes the generated sections of the READMEs, and schema/openapi.json

  --check   writes nothing and says which are old (npm run lint:docs)
  --help    this text`;

await runCommand('docs', usage, { options: { check: { type: 'boolean', default: false } } }, ({ values }) =>
  write(values.check),
);

async function write(isCheck: boolean): Promise<void> {
  for (const section of sections) {
    const path = join(projectRoot, section.file);
    const page = readFileSync(path, 'utf8');
    const written = withSection(page, section, await section.content());
    if (written === page) continue;
    if (isCheck) {
      console.error(`${section.file}: ${section.marker} is not what the code says: npm run docs writes it`);
      process.exitCode = 1;
      continue;
    }
    writeFileSync(path, written);
    console.log(`${section.file}: ${section.marker}`);
  }
}
