/** `npm run docs`: writes the tables of README.md that are made from the code. With `--check` it says whether they are old. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tables } from './tables.ts';

const file = join(import.meta.dirname, '../../README.md');
const folder = mkdtempSync(join(tmpdir(), 'local-cloud-docs-'));

try {
  let page = readFileSync(file, 'utf8');
  const before = page;
  for (const [marker, content] of Object.entries(await tables(emptyStack()))) page = withSection(page, marker, content);
  if (page !== before && process.argv.includes('--check')) {
    console.error('localstack/embedded/README.md: its tables are not what the code says: npm run docs writes them');
    process.exitCode = 1;
  } else if (page !== before) {
    writeFileSync(file, page);
    console.log('localstack/embedded/README.md');
  }
} finally {
  rmSync(folder, { recursive: true });
}

function emptyStack(): string {
  const stackFile = join(folder, 'cdk.tf.json');
  writeFileSync(stackFile, '{}');
  return stackFile;
}

function withSection(page: string, marker: string, content: string): string {
  const [start, end] = [`<!-- ${marker}:start -->\n`, `<!-- ${marker}:end -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`README.md has no markers "${marker}:start" and "${marker}:end"`);
  return `${page.slice(0, from + start.length)}${content}\n${page.slice(to)}`;
}
