import { parseArgs } from 'node:util';
import { scenarioOf } from './scenarios.ts';
import { explore } from './search.ts';
import { describeState } from './show.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean' },
    plain: { type: 'boolean' },
    without: { type: 'string', multiple: true, default: [] },
    trace: { type: 'boolean' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
for (const name of positionals) {
  const began = process.cpuUsage().user;
  const sc = { ...scenarioOf(name as never, values.small ? 'small' : 'full') } as any;
  for (const kv of values.set) {
    const [k, v] = kv.split('=');
    sc[k as string] = JSON.parse(v as string);
  }
  const verdict = explore(sc, { takenOut: values.without as never, dropsSpentWrites: !values.plain });
  console.log(
    name,
    values.without.join(),
    verdict.violation?.broken ?? 'OK',
    verdict.states,
    verdict.transitions,
    verdict.ends,
    verdict.violation?.steps.length,
    Math.round((process.cpuUsage().user - began) / 1000),
  );
  if (values.trace)
    verdict.violation?.steps.forEach(({ what, after }, i) =>
      console.log(`  ${i + 1}. ${what}\n        ${describeState(after)}`),
    );
}
