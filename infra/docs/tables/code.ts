import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sagaErrors } from '#functions/saga-errors.ts';
import { bundleFunctions } from '../../bundling/bundle.ts';
import { projectRoot } from '../../paths.ts';
import { table } from '../table.ts';

/** The table in the comment of the module that spells the keys. */
export function accessPatterns(): string {
  const source = readFileSync(join(projectRoot, 'schema/table.ts'), 'utf8');
  return [...source.matchAll(/^ \* (\|.*\|)$/gm)].map(([, row]) => row).join('\n');
}

export function errors(): string {
  const source = globSync('functions/**/*-errors.ts', { cwd: projectRoot })
    .map((file) => readFileSync(join(projectRoot, file), 'utf8'))
    .join('\n');
  return table(
    ['Error', 'Meaning', 'Retried'],
    sagaErrors.map((SagaErrorClass) => {
      const { name, retryable } = new SagaErrorClass('');
      const comment = new RegExp(`/\\*\\* ([^*]+) \\*/\\nexport class ${name} `).exec(source)?.[1] ?? '';
      return [`\`${name}\``, comment.replaceAll(/\s+/g, ' '), retryable ? 'yes' : 'no'];
    }),
  );
}

/** Rounded up to five kilobytes, so that a change of one function is no change of the page for all. */
export async function bundles(): Promise<string> {
  const built = await bundleFunctions('faults');
  const rows = built
    .map(({ definition: { name, role }, gzippedBytes }) => ({
      name,
      role,
      kilobytes: Math.ceil(gzippedBytes / 5000) * 5,
    }))
    .sort((a, b) => b.kilobytes - a.kilobytes || a.name.localeCompare(b.name));
  return table(
    ['Function', 'Kind', 'Gzipped, kB'],
    rows.map(({ name, role, kilobytes }) => [`\`${name}\``, role, `${kilobytes}`]),
  );
}
