/**
 * When a scheduled rule runs: `rate(…)` and `cron(…)`, in UTC.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
import { Cron } from 'croner';
import type { Ports } from '../ports.ts';

/** Milliseconds since 1970 of the first run after a given one, or undefined when there is none. */
export type NextRun = (afterMs: number) => number | undefined;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @throws Error for an expression that AWS would refuse. */
export function compileSchedule(expression: string): NextRun {
  const [, kind, text = ''] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return compileCron(text);
  if (kind === 'rate') return compileRate(text, expression);
  throw new Error(`"${expression}" is neither rate(…) nor cron(…)`);
}

/** Six fields: minutes, hours, day of month, month, day of week (1 is Sunday), year. */
function compileCron(text: string): NextRun {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', days = '', month = '', weekdays = '', years = ''] = fields;
  const refuse = (reason: string): never => {
    throw new Error(`cron(${text}): ${reason}`);
  };
  if (fields.length !== 6) refuse('six fields are needed');
  if ((days === '?') === (weekdays === '?')) refuse('either day-of-month or day-of-week has to be ?, and not both');
  // The library is laxer with these two than AWS.
  if (!isWithin(weekdays, 1, 7)) refuse(`day-of-week ${weekdays} is not within 1-7`);
  if (!isWithin(years, 1970, 2199)) refuse(`year ${years} is not within 1970-2199`);
  const every = (field: string, range: string): string => field.replace(/(^|,)(\d+)\//g, `$1$2-${range}/`);
  const pattern = [
    '0',
    every(minutes, '59'),
    every(hours, '23'),
    every(days.replace('?', '*'), '31'),
    every(month, '12'),
    // Alone it is the last day of the week.
    weekdays === 'L' ? '7' : every(weekdays.replace('?', '*'), '7'),
    every(years, '2199'),
  ].join(' ');
  try {
    const cron = new Cron(pattern, { paused: true, timezone: 'UTC', alternativeWeekdays: true });
    return (afterMs) => cron.nextRun(new Date(afterMs))?.getTime();
  } catch (error) {
    return refuse((error as Error).message);
  }
}

/** Of the numbers that are no steps and no weeks of a month. */
const isWithin = (field: string, least: number, most: number): boolean =>
  (field.replace(/[#/]\d+/g, '').match(/\d+/g) ?? []).every(
    (digits) => Number(digits) >= least && Number(digits) <= most,
  );

function compileRate(text: string, expression: string): NextRun {
  const [, digits, unit = '', plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const ms = unitMs[unit];
  if (ms === undefined || (digits === '1') !== (plural === '')) {
    throw new Error(`"${expression}" is no rate; write for instance rate(1 minute) or rate(5 minutes)`);
  }
  return (afterMs) => afterMs + Number(digits) * ms;
}

interface ScheduleOptions extends Pick<Ports, 'clock' | 'scheduler'> {
  readonly next: NextRun;
  readonly run: () => void;
  /** 0.01 makes an hour 36 seconds. */
  readonly scale: number;
}

/** Runs until the returned function is called. */
export function startSchedule({ next, run, scale, clock, scheduler }: ScheduleOptions): () => void {
  let cancel = (): void => {};

  // Two clocks: that of the expression, and ours, on which the time between two runs is scaled.
  function schedule(scheduledMs: number, dueMs: number): void {
    const upcoming = next(scheduledMs);
    if (upcoming === undefined) return;
    const due = dueMs + (upcoming - scheduledMs) * scale;
    cancel = scheduler.inBackground(due - clock.now(), () => {
      run();
      // After a sleep of the whole machine the runs that were missed are left out.
      const late = clock.now() - due;
      schedule(late > 60_000 ? upcoming + late / scale : upcoming, late > 60_000 ? clock.now() : due);
    });
  }

  const now = clock.now();
  schedule(now, now);
  return () => cancel();
}
