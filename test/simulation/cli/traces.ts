import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mends } from '../mends/mends.ts';
import type { Service } from '../run-plan.ts';
import { openService } from '../service.ts';

const file = new URL('../report/traces.json', import.meta.url);

/** Chance makes plans of most kinds by then. */
const seeds = 12;

/**
 * Compares digests of everything that happens in some plans with those that are committed: every machine that has this commit
 * comes to the same ones.
 * @param isReversed whether the last plan is run first, which may change nothing
 */
export async function keepTraces(isWritten: boolean, isReversed: boolean): Promise<void> {
  const service = await openService();
  const lines = await plans(service);
  const found = new Map<string, string>();
  const { parsePlan } = await import('../plans/plan.ts');
  const { runPlan } = await import('../run-plan.ts');
  for (const line of isReversed ? lines.toReversed() : lines) {
    const { world } = await runPlan(parsePlan(line), service);
    const digest = createHash('sha256');
    for (const one of world.trace) digest.update(`${JSON.stringify(one)}\n`);
    found.set(line, digest.digest('hex'));
  }
  const digests = Object.fromEntries(lines.map((line) => [line, found.get(line)]));
  if (isWritten) return writeFileSync(file, `${JSON.stringify(digests, null, 2)}\n`);
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  const changed = lines.filter((line) => digests[line] !== recorded[line]);
  for (const line of changed) console.log(`another trace: npm run simulate -- --plan "${line}" --trace FILE`);
  console.log(`${lines.length} traces, ${changed.length} changed`);
  if (changed.length === 0) return;
  console.error('Where the service was changed, npm run simulate -- --traces --write records its traces');
  process.exitCode = 1;
}

async function plans(service: Service): Promise<readonly string[]> {
  const { randomPlan } = await import('../plans/random-plan.ts');
  const { recorder } = await import('../plans/recording.ts');
  const record = recorder(service);
  const chance: string[] = [];
  for (let seed = 1; seed <= seeds; seed++) chance.push(await randomPlan(seed, record));
  return [...Object.values(mends).map(({ plan }) => plan), ...chance];
}
