import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#infra/paths.ts';
import { type Figures, recordedFigures, recordFigures, textOf } from '../report/figures.ts';
import { faultsPage } from '../report/page.ts';

const file = join(projectRoot, 'docs', 'faults.md');

/** Writes docs/faults.md from the recorded figures, or says that it is old. */
export async function keepPage(isCheck: boolean): Promise<void> {
  const { classes } = await import('../plans/classes/index.ts');
  const { edges } = await import('../plans/states.ts');
  const { actNames } = await import('../world/acts.ts');
  const figures = recordedFigures();
  if (figures === undefined) throw new Error('No figures are recorded yet: npm run simulate -- --write does it');
  const page = faultsPage({ classes, figures, edges, acts: actNames });
  if (existsSync(file) && readFileSync(file, 'utf8') === page) return;
  if (!isCheck) {
    writeFileSync(file, page);
    return console.log('docs/faults.md');
  }
  console.error('docs/faults.md is not what its figures and the simulator say: npm run simulate -- --page writes it');
  process.exitCode = 1;
}

/** Records what a whole run came to, or says that the recorded figures are old. */
export async function keepFigures(figures: Figures, isWritten: boolean): Promise<void> {
  if (isWritten) {
    recordFigures(figures);
    return keepPage(false);
  }
  const recorded = recordedFigures();
  if (recorded === undefined) return console.log('No figures are recorded yet: npm run simulate -- --write does it');
  if (textOf(figures) === textOf(recorded)) return;
  console.error('The figures of docs/faults.md are not those of this run: npm run simulate -- --write records them');
  process.exitCode = 1;
}
