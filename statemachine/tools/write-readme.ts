/** Draws the saga into the READMEs, between their markers. `--check` only compares and exits 1 on a difference. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readSaga } from './asl.ts';
import { drawOverview, drawSaga } from './draw.ts';

const machine = readSaga();
const drawings = [
  { file: new URL('../README.md', import.meta.url), marker: 'saga', drawing: drawSaga(machine) },
  { file: new URL('../../README.md', import.meta.url), marker: 'saga-overview', drawing: drawOverview(machine) },
];

let stale = false;
for (const { file, marker, drawing } of drawings) {
  const text = readFileSync(file, 'utf8');
  const between = new RegExp(`(<!-- ${marker}:start -->\\n)[\\s\\S]*?(<!-- ${marker}:end -->)`);
  if (!between.test(text)) throw new Error(`${file.pathname} has no ${marker} markers`);
  const drawn = text.replace(between, (_, start, end) => `${start}\`\`\`mermaid\n${drawing}\n\`\`\`\n${end}`);
  if (drawn === text) continue;
  stale = true;
  if (!process.argv.includes('--check')) writeFileSync(file, drawn);
  else console.error(`${file.pathname}: the drawing is not the machine's: run "npm run docs"`);
}
if (stale && process.argv.includes('--check')) process.exitCode = 1;
