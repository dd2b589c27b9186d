import { bookingMetrics } from '#schema/metrics.ts';
import { assumptions } from './assumptions.ts';
import { prices } from './facts.ts';
import type { ItemSizes } from './items.ts';
import type { Mix } from './mix.ts';
import { type Bill, billOf, gigabyte, scaled, sumOfBills } from './pricing.ts';
import type { Recorded } from './recorded.ts';
import { byCustomer, cancellation } from './scenarios.ts';
import { minutesAMonth, type StackFacts } from './stack.ts';
import type { Usage } from './usage.ts';

export interface Line {
  readonly name: string;
  /** How many of what. */
  readonly amount: string;
  /** Dollars a month. */
  readonly cost: number;
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** A month without a single booking. */
export function idleMonth(stack: StackFacts, { idle }: Pick<Recorded, 'idle'>): readonly Line[] {
  const polls = stack.polledQueues * assumptions.emptyReceivesAMinute * minutesAMonth;
  const runs = stack.schedules.reduce((sum, { runsAMonth }) => sum + runsAMonth, 0);
  let [scheduled, metrics] = [0, 0];
  for (const { functionName, runsAMonth } of stack.schedules) {
    const run = idle[functionName];
    if (run === undefined) throw new Error(`No idle run of "${functionName}" is recorded: npm run cost:record`);
    const milliseconds = assumptions.millisecondsAnInvocation + run.calls * assumptions.millisecondsACall;
    const memory = stack.functions.find(({ name }) => name === functionName)?.memoryMegabytes ?? 0;
    scheduled +=
      runsAMonth *
      (prices.lambdaRequest.value +
        (milliseconds / 1000) * (memory / 1024) * prices.lambdaGbSecond.value +
        run.read * prices.readUnit.value +
        run.write * prices.writeUnit.value +
        (run.logs / gigabyte) * prices.logGb.value +
        (stack.isTraced ? prices.trace.value : 0));
    // With the one that counts cold starts.
    metrics += run.metrics + 1;
  }
  return [
    { name: 'Alarms', amount: count(stack.alarms), cost: stack.alarms * prices.alarmMonth.value },
    { name: 'Dashboard', amount: count(stack.dashboards), cost: stack.dashboards * prices.dashboardMonth.value },
    { name: 'Metrics of scheduled functions', amount: count(metrics), cost: metrics * prices.metricMonth.value },
    { name: 'Polling of empty queues', amount: `${count(polls)} requests`, cost: polls * prices.queueRequest.value },
    { name: 'Scheduled functions', amount: `${count(runs)} runs`, cost: scheduled },
  ];
}

/** Metrics that a busy month has beyond an idle one: those of bookings, cold starts of each function, and those of routes, if each is called in every hour. */
export const busyMetrics = ({ functions, measuredRoutes }: Pick<StackFacts, 'functions' | 'measuredRoutes'>): number =>
  bookingMetrics.length + functions.length + measuredRoutes * assumptions.metricsARoute;

export interface BusyMonth {
  readonly bookings: number;
  readonly bill: Bill;
  /** Beyond what an idle month has. */
  readonly metrics: number;
  /** Gigabytes that stay in the table of this month's bookings, and what they cost each month from then on. */
  readonly storedGigabytes: number;
  readonly storage: number;
  /** What this month's log lines cost from now on, until they are deleted. */
  readonly logStorage: number;
}

export const secondsAMonth = minutesAMonth * 60;

/** A month of bookings at a steady rate, without the idle month. @param rate bookings a second */
export function busyMonth(
  rate: number,
  mix: Mix,
  {
    stack,
    usages,
    sizes,
  }: { readonly stack: StackFacts; readonly usages: ReadonlyMap<string, Usage>; readonly sizes: ItemSizes },
): BusyMonth {
  const bookings = rate * secondsAMonth;
  // The first request of each second is always recorded.
  const sampled = Math.min(1, rate <= 1 ? 1 : (1 + assumptions.sampled * (rate - 1)) / rate);
  const bill = sumOfBills(
    [...mix].map(([name, share]) => scaled(billOf(usageIn(usages, name), stack, { sampled }), bookings * share)),
  );
  const storedGigabytes = (bookings * keptBytes(mix, sizes)) / gigabyte;
  const perGigabyte = prices.tableGbMonth.value + (stack.isRecoverable ? prices.recoveryGbMonth.value : 0);
  return {
    bookings,
    bill,
    metrics: busyMetrics(stack) * prices.metricMonth.value,
    storedGigabytes,
    storage: storedGigabytes * perGigabyte,
    logStorage: (bill.Logs / prices.logGb.value) * assumptions.compressed * prices.logGbMonth.value * monthsOf(stack),
  };
}

export function usageIn(usages: ReadonlyMap<string, Usage>, name: string): Usage {
  const usage = usages.get(name);
  if (usage === undefined) throw new Error(`There is no usage of "${name}"`);
  return usage;
}

const monthsOf = ({ logRetentionDays }: Pick<StackFacts, 'logRetentionDays'>): number => logRetentionDays / 30;

/** Headers are never deleted, nor what loyalty has noted; confirmed bookings keep their legs and their payment, too. */
function keptBytes(mix: Mix, { items }: ItemSizes): number {
  const { header = 0, charge = 0, loyaltyRecord = 0, hotel = 0, flight = 0, rental = 0, payment = 0 } = items;
  // The index by customer has the whole header once more; AWS counts 100 bytes an item besides.
  const always = 2 * header + charge + loyaltyRecord + 4 * 100;
  const ofConfirmed = hotel + flight + rental + payment + 4 * 100;
  const share = (name: string): number => mix.get(name) ?? 0;
  const confirmed = share('success') + share(byCustomer) + share('failNotification') - share(cancellation);
  return always + Math.max(0, confirmed) * ofConfirmed;
}
