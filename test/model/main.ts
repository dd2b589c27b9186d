/** `npm run model`: searches the model of the saga. */
import { refuseUnread } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { isAsExpected, limitJobs, type Outcome, ruleJobs, scenarioJobs } from './report/jobs.ts';
import { runOne } from './report/one-search.ts';
import { readPage, withRules, withScenarios, writePage } from './report/page.ts';
import { runJobs } from './report/run-jobs.ts';
import { type RuleName, removables, rules } from './rules/rules.ts';
import { scenarioNames, scenarioOf } from './scenarios.ts';

const usage = `npm run model -- [options]    searches every scenario with its full bounds, and without every rule
npm run model -- SCENARIO [options]    searches this one, and shows the way to what breaks

  --write            notes the figures in the README
  --list             names the scenarios and rules
  --size small|full  bounds of the one scenario
  --without RULE     takes the rule out; may be given more than once
  --help             this text`;

const config = {
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] as string[] },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
} as const;

await runCommand('model', usage, config, async ({ positionals, values }) => {
  const [scenario, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`one scenario at a time, not "${positionals.join(' ')}"`);
  if (values.list) {
    if (scenario !== undefined) throw new UsageError(`--list names all scenarios and rules; it takes none`);
    refuseUnread(values, '--list', ['list']);
    return list();
  }
  if (scenario !== undefined || values.without.length > 0) {
    refuseUnread(values, 'one scenario', ['without', 'size']);
    return runOne(scenario, values.without, values.size);
  }
  refuseUnread(values, 'all scenarios', ['write']);
  await runAll(values.write);
});

function list(): void {
  console.log('Scenarios:');
  for (const name of scenarioNames) console.log(`  ${name.padEnd(34)} ${scenarioOf(name, 'full').about}`);
  console.log('Rules:');
  for (const name of removables)
    console.log(`  ${name.padEnd(34)} ${rules[name as RuleName]?.says ?? 'an assumption: see the limits'}`);
}

async function runAll(write: boolean): Promise<void> {
  // The longest first, so that all processors are done at about the same time.
  const jobs = [...scenarioJobs('full').reverse(), ...scenarioJobs('small'), ...ruleJobs(), ...limitJobs()];
  const outcomes = await runJobs(jobs, tell);
  const page = readPage();
  const written = withScenarios(withRules(page, outcomes), outcomes);
  const unexpected = outcomes.filter((outcome) => !isAsExpected(outcome));
  if (write) writePage(written);
  else if (page !== written) console.log('The README shows other figures: run "npm run model -- --write"');
  console.log(`${outcomes.length} searches, ${unexpected.length} unexpected`);
  process.exitCode = unexpected.length > 0 || (!write && page !== written) ? 1 : 0;
}

function tell(outcome: Outcome): void {
  const { job, broken, states, ends, steps, seconds } = outcome;
  const what =
    job.kind === 'rule'
      ? `without ${job.name} (${job.scenario})`
      : `${job.kind} ${job.name}${job.kind === 'scenario' ? ` (${job.size})` : ''}`;
  const verdict = broken === undefined ? `no violation, ${ends} ends` : `${broken}, in ${steps} steps`;
  console.log(
    `${isAsExpected(outcome) ? '' : 'UNEXPECTED '}${what}: ${verdict}, ${states} states, ${seconds.toFixed(1)} s`,
  );
  if (!isAsExpected(outcome)) for (const line of outcome.trace) console.log(`  ${line}`);
}
