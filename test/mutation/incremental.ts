import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What Stryker keeps of a room's last run on this machine, as far as it is changed here. */
interface Kept {
  readonly files: Readonly<Record<string, { mutants: readonly { readonly status: string }[] }>>;
}

const survived = new Set(['Survived', 'NoCoverage']);

/** Stryker does not try the survivor of a module's loading again when a test is new: nothing tells it which tests reach it. */
export function forgetSurvivors(file: string): void {
  if (!existsSync(file)) return;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  for (const each of Object.values(kept.files))
    each.mutants = each.mutants.filter(({ status }) => !survived.has(status));
  writeFileSync(file, JSON.stringify(kept));
}
