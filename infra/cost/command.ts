import { plainTable } from '../docs/table.ts';
import { jsonOfFile, refuseUnread, wholeNumberOf } from '../operations/option-values.ts';
import { UsageError } from '../operations/run-command.ts';
import { type Dates, datesOf } from './dates.ts';
import { type RegionClass, regionClasses } from './fact.ts';
import { defaultMix, type Mix, readMix } from './mix.ts';
import { modelOf } from './model.ts';
import { reportOf } from './report.ts';
import { type StackFacts, stackFactsOf } from './stack.ts';

/** Options as they were given. */
export interface CostValues {
  readonly rate?: string | undefined;
  readonly mix?: string | undefined;
  readonly 'region-class'?: string | undefined;
  readonly 'seats-taken'?: string | undefined;
  readonly stack?: string | undefined;
  readonly json?: boolean | undefined;
  readonly 'check-dates'?: boolean | undefined;
}

export interface CostDoors {
  readonly print: (text: string) => void;
  readonly complain: (sentence: string) => void;
  readonly dates: () => Dates;
  readonly production: () => Promise<StackFacts>;
}

const doorsOfProcess: CostDoors = {
  print: (text) => console.log(text),
  complain: (sentence) => console.error(sentence),
  dates: () => datesOf(new Date().toISOString().slice(0, 10)),
  // Imported only now: CDKTF takes its time.
  production: async () => (await import('./production.ts')).productionStack(),
};

/** A second: far more than anybody books, and the figures stay readable. */
const mostBookings = 1_000_000;

/** Prints what bookings cost, or which figures are old. */
export async function costCommand(values: CostValues, doors: CostDoors = doorsOfProcess): Promise<void> {
  if (values['check-dates']) refuseUnread(values, '--check-dates', ['check-dates']);
  if (values['check-dates']) return checkDates(doors);
  const { rate: rateText = '1', 'region-class': region = 'large', mix: mixText = defaultMix } = values;
  const rate = Number(rateText);
  if (!(rate > 0 && rate <= mostBookings))
    throw new UsageError(`--rate must be a number above 0, and at most ${mostBookings}, not "${rateText}"`);
  if (!isRegionClass(region)) {
    throw new UsageError(`--region-class must be ${regionClasses.join(' or ')}, not "${region}"`);
  }
  const mix = mixOf(mixText);
  const stack = values.stack === undefined ? await doors.production() : stackOf(values.stack);
  const seats = values['seats-taken'];
  const taken = seats === undefined ? {} : { seatsTaken: wholeNumberOf('seats-taken', seats) };
  const report = reportOf(modelOf(stack, taken), { rate, mix, region });
  if (values.json) {
    doors.print(JSON.stringify(report.figures, undefined, 2));
    return;
  }
  for (const { title, table } of report.parts) doors.print(`${title}\n\n${plainTable(table.head, table.rows)}\n`);
}

function stackOf(file: string): StackFacts {
  const stack = jsonOfFile(file) as { readonly resource?: unknown } | null;
  if (typeof stack?.resource === 'object' && stack.resource !== null) return stackFactsOf(stack);
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

function checkDates({ print, complain, dates }: CostDoors): void {
  const { old, unchecked } = dates();
  for (const name of unchecked) print(`${name}: no source could be read yet`);
  for (const sentence of old) complain(sentence);
  if (old.length > 0)
    throw new Error(`${old.length} prices and quotas are older than a year: look them up, and date them`);
  print('No price or quota was checked more than a year ago');
}
