import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeholderBundles } from '../bundling/placeholders.ts';
import { stageConfig } from '../config.ts';
import { synthesizeApp } from '../main.ts';
import { productionSettings } from '../production-example.ts';
import { type StackFacts, stackFactsOf } from './stack.ts';

/** Of stage prod, synthesized aside. */
export function productionStack(): StackFacts {
  const output = mkdtempSync(join(tmpdir(), 'booking-cost-'));
  try {
    const file = synthesizeApp(stageConfig(productionSettings), { output, bundles: placeholderBundles(output) });
    return stackFactsOf(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
