/** `npm run guards`: takes the saga's guards out one at a time. What it finds is kept in found.json, from which docs/guards.md is written. */
import '#test/simulation/oracle/surroundings.ts';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { numberOf, wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import type { Guard, Killer } from './guard.ts';
import type { AllPlans } from './plans.ts';

const usage = `npm run guards -- [options]

  --only TEXT      guards whose name or kind has it; what is known of the others stays
  --plans N        plans at most for each (300), beside those that are made for guards
  --plan "LINE"    these plans alone; may be repeated
  --least N        per cent that have to matter (95)
  --untried        those alone of which nothing is known
  --list           the guards alone, and \`outside\`: conditions of writes that no plan calls
  --help           this text`;

const config = {
  options: {
    only: { type: 'string', default: '' },
    plans: { type: 'string', default: '300' },
    plan: { type: 'string', multiple: true, default: [] as string[] },
    least: { type: 'string', default: '95' },
    untried: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    /** A guard in code, whose process this is: prints its killer. */
    code: { type: 'string' },
  },
} as const;

const foundFile = 'test/guards/found.json';
const linesFile = '.local/guard-plans.json';

/** Plans seldom notice these, and the machine's lint always does. */
const seldomNoticed = new Set(['retry', 'result path']);

await runCommand('guards', usage, config, async ({ values }) => {
  const [most, least] = [wholeNumberOf('plans', values.plans), numberOf('least', values.least, 100)];
  if (values.code !== undefined) (await import('./patched-code.ts')).loadWithout(values.code);
  const { openService } = await import('#test/simulation/service.ts');
  const { parsePlan } = await import('#test/simulation/plans/plan.ts');
  const { recorder } = await import('#test/simulation/plans/recording.ts');
  const { runPlan } = await import('#test/simulation/run-plan.ts');
  const { codeGuards } = await import('./code-guards.ts');
  const { machineGuards } = await import('./machine-guards.ts');
  const { isTold, pageOf } = await import('./page.ts');
  const { allPlans, meeting, plansFor } = await import('./plans.ts');
  const { removeCopy } = await import('./tests.ts');
  const { killerAmongPlans, killerOf, soundness } = await import('./try-guard.ts');
  const { namedHandlers, unmetConditions, writeGuards } = await import('./writes.ts');

  type Found = import('./page.ts').Found;
  const plain = await openService();
  const service = { ...plain, handlers: namedHandlers(plain.handlers) };
  const known = JSON.parse(readFileSync(foundFile, 'utf8')) as Found;
  const isSound = soundness(service);
  const code = codeGuards.find(({ name }) => name === values.code);
  // Without a guard plans may go any way, so they are those that were recorded with all guards.
  const lines =
    values.plan.length > 0
      ? { pointed: [], others: [] }
      : code === undefined
        ? await allPlans(recorder(service))
        : (JSON.parse(readFileSync(linesFile, 'utf8')) as AllPlans);
  // Little is tried of what is told to be no fault: enough to see that the reason is old.
  const mostFor = ({ name, kind }: Guard): number =>
    Math.ceil(most / (isTold(name) ? 15 : seldomNoticed.has(kind) ? 5 : 1));
  const trialOf = (guard: Guard) => ({
    service,
    plans: values.plan.length > 0 ? values.plan : plansFor(guard, lines, mostFor(guard)),
    known: known[guard.name]?.killer,
  });
  if (code !== undefined) {
    // The process that asks knows whether a plan is sound with all guards, and runs tests on whole sources.
    const { plans, known } = trialOf(code);
    const first = known?.by === 'plan' ? [known.line] : [];
    const killer = await killerAmongPlans(code, { service, plans: [...first, ...plans], isSound: async () => true });
    console.log(`\n${JSON.stringify(killer ?? null)}`);
    return;
  }
  if (values.plan.length === 0) {
    mkdirSync(dirname(linesFile), { recursive: true });
    writeFileSync(linesFile, JSON.stringify(lines));
  }
  for (const line of meeting) await runPlan(parsePlan(line), service);
  const guards = [...machineGuards(service.machine.definition), ...writeGuards(), ...codeGuards];
  const wanted = guards
    .filter(({ name, kind }) => name.includes(values.only) || kind === values.only)
    .filter(({ name }) => !values.untried || !(name in known));
  if (wanted.length === 0 && values.only !== '' && !values.untried)
    throw new UsageError(`--only ${values.only}: no guard has it in its name or kind; --list names them`);
  if (values.list) {
    for (const { file, condition } of unmetConditions()) console.log(`${'outside'.padEnd(12)} ${file}: ${condition}`);
    for (const { name, kind } of wanted) console.log(`${kind.padEnd(12)} ${name}`);
    return;
  }
  let found: Found = Object.fromEntries(
    guards.flatMap(({ name }) => (name in known ? [[name, known[name]]] : [])),
  ) as Found;
  removeCopy();
  for (const guard of wanted) {
    const killer = await killerOf(guard, {
      ...trialOf(guard),
      isSound,
      ...(guard.without.of === 'code' && { inOwnProcess: () => inOwnProcess(guard.name, values, isSound) }),
    });
    console.log(
      `${killer === undefined ? 'SURVIVES' : killer.by.padEnd(8)} ${guard.name}${killer?.by === 'plan' ? `: ${killer.line}` : ''}`,
    );
    found = { ...found, [guard.name]: { kind: guard.kind, ...(killer === undefined ? {} : { killer }) } };
    const ordered = guards.flatMap(({ name }) => (name in found ? [[name, found[name]]] : []));
    found = Object.fromEntries(ordered) as Found;
    writeFileSync(foundFile, `${JSON.stringify(found, null, 2)}\n`);
  }
  const untried = guards.filter(({ name }) => !(name in found)).map(({ name }) => name);
  writeFileSync('docs/guards.md', pageOf(found, unmetConditions(), untried));
  const all = Object.values(found);
  const share = (100 * all.filter(({ killer }) => killer !== undefined).length) / all.length;
  const untold = Object.entries(found).filter(([name, { killer }]) => killer === undefined && !isTold(name));
  for (const [name] of untold) console.error(`nothing misses it, and survivors.ts does not say why: ${name}`);
  console.log(`${guards.length} guards, ${all.length} tried, ${share.toFixed(1)} % matter`);
  process.exitCode = share < least || untold.length > 0 ? 1 : 0;
});
process.exit();

async function inOwnProcess(
  name: string,
  { plans, plan }: { readonly plans: string; readonly plan: readonly string[] },
  isSound: (line: string) => Promise<boolean>,
): Promise<Killer | undefined> {
  for (;;) {
    const alone = plan.flatMap((line) => ['--plan', line]);
    const command = [fileURLToPath(import.meta.url), '--code', name, '--plans', plans, ...alone];
    const printed = execFileSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    const killer = (JSON.parse(printed.trim().split('\n').at(-1) ?? 'null') as Killer | null) ?? undefined;
    if (killer?.by !== 'plan' || (await isSound(killer.line))) return killer;
    const without = (lines: readonly string[]): string[] => lines.filter((line) => line !== killer.line);
    const { pointed, others } = JSON.parse(readFileSync(linesFile, 'utf8')) as AllPlans;
    writeFileSync(linesFile, JSON.stringify({ pointed: without(pointed), others: without(others) }));
  }
}
