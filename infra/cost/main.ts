/** `npm run cost`: what a booking, a month and a release cost, and which quota ends the growth. */
import { plainTable } from '../docs/table.ts';
import { jsonOfFile, refuseUnread, wholeNumberOf } from '../operations/option-values.ts';
import { runCommand, UsageError } from '../operations/run-command.ts';
import { datesOf } from './dates.ts';
import { type RegionClass, regionClasses } from './fact.ts';
import { defaultMix, type Mix, readMix } from './mix.ts';
import { modelOf } from './model.ts';
import { reportOf } from './report.ts';
import { type StackFacts, stackFactsOf } from './stack.ts';

const usage = `npm run cost -- [options]    what bookings cost on AWS, and which quota binds first

  --rate N               bookings a second of the month (default: 1)
  --mix MIX              runs by type, in parts (default: ${defaultMix}); customer is a booking over the API,
                         cancel one that is cancelled later
  --region-class CLASS   large (us-east-1, us-west-2, eu-west-1; the default) or other: quotas differ
  --seats-taken N        seats of the flight that are taken already (default: 90)
  --stack FILE           a synthesized stack instead of stage prod
  --json                 all figures as JSON
  --check-dates          nothing but whether a price or quota was checked more than a year ago
  --help                 this text

Prices are those of us-east-1 without free tiers: infra/cost/facts.ts has each with its source and date.`;

const config = {
  options: {
    rate: { type: 'string' },
    mix: { type: 'string' },
    'region-class': { type: 'string' },
    'seats-taken': { type: 'string' },
    stack: { type: 'string' },
    json: { type: 'boolean', default: false },
    'check-dates': { type: 'boolean', default: false },
  },
} as const;

/** A second: far more than anybody books, and the figures stay readable. */
const mostBookings = 1_000_000;

await runCommand('cost', usage, config, async ({ values }) => {
  if (values['check-dates']) refuseUnread(values, '--check-dates', ['check-dates']);
  if (values['check-dates']) return checkDates(new Date().toISOString().slice(0, 10));
  const rate = Number(values.rate ?? '1');
  if (!(rate > 0 && rate <= mostBookings))
    throw new UsageError(`--rate must be a number above 0, and at most ${mostBookings}, not "${values.rate}"`);
  const region = values['region-class'] ?? 'large';
  if (!isRegionClass(region)) {
    throw new UsageError(`--region-class must be ${regionClasses.join(' or ')}, not "${region}"`);
  }
  const mix = mixOf(values.mix ?? defaultMix);
  const stack = values.stack === undefined ? await production() : stackOf(values.stack);
  const seats = values['seats-taken'];
  const seatsTaken = seats === undefined ? undefined : wholeNumberOf('seats-taken', seats);
  const report = reportOf(modelOf(stack, seatsTaken === undefined ? {} : { seatsTaken }), { rate, mix, region });
  if (values.json) {
    console.log(JSON.stringify(report.figures, undefined, 2));
    return;
  }
  for (const { title, table } of report.parts) console.log(`${title}\n\n${plainTable(table.head, table.rows)}\n`);
});

/** Imported only now: CDKTF takes its time. */
async function production() {
  const { productionStack } = await import('./production.ts');
  return productionStack();
}

function stackOf(file: string): StackFacts {
  const stack = jsonOfFile(file);
  if ((stack as { resource?: unknown } | null)?.resource !== undefined) return stackFactsOf(stack);
  throw new Error(`${file} is no synthesized stack: it has no "resource"; npm run synth writes one`);
}

function isRegionClass(value: string): value is RegionClass {
  return (regionClasses as readonly string[]).includes(value);
}

function mixOf(text: string): Mix {
  try {
    return readMix(text);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function checkDates(today: string): void {
  const { old, unchecked } = datesOf(today);
  for (const name of unchecked) console.log(`${name}: no source could be read yet`);
  for (const sentence of old) console.error(sentence);
  if (old.length > 0)
    throw new Error(`${old.length} prices and quotas are older than a year: look them up, and date them`);
  console.log('No price or quota was checked more than a year ago');
}
