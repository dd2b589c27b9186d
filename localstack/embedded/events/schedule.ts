/**
 * When a scheduled rule runs: `rate(…)` and `cron(…)`, in UTC.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
import type { Ports } from '../ports.ts';
import { compileCron } from './cron.ts';
import type { NextRun } from './next-run.ts';

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @throws Error for an expression that AWS would refuse. */
export function compileSchedule(expression: string): NextRun {
  const [, kind, text = ''] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return compileCron(text);
  if (kind === 'rate') return compileRate(text, expression);
  throw new Error(`"${expression}" is neither rate(…) nor cron(…)`);
}

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
