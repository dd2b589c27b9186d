/** `npm run docs`: writes the generated sections of the READMEs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.ts';
import { withSection } from './page.ts';
import { sections } from './sections.ts';

for (const section of sections) {
  const path = join(projectRoot, section.file);
  const page = readFileSync(path, 'utf8');
  const written = withSection(page, section, await section.content());
  if (written === page) continue;
  writeFileSync(path, written);
  console.log(`${section.file}: ${section.marker}`);
}
