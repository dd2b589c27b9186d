import type { Row } from '../docs/table.ts';
import { type Bound, boundsOf } from './binding.ts';
import { enginesOf, stepsOf } from './engines.ts';
import type { Fact, RegionClass } from './fact.ts';
import { prices, quotas } from './facts.ts';
import { hotFlight, seatsASecondWithHoldItems } from './hot-flight.ts';
import type { Mix } from './mix.ts';
import type { Model } from './model.ts';
import { dollars, number, whole } from './money.ts';
import { busyMonth, idleMonth, usageIn } from './month.ts';
import { billOf, lineNames, totalOf } from './pricing.ts';
import { releaseLines } from './release.ts';
import { scenarioOf } from './scenarios.ts';
import { walkOf } from './usage.ts';

export interface Table {
  readonly head: Row;
  readonly rows: readonly Row[];
}

const thousand = 1000;

/** What each type of run uses. */
export const usageTable = ({ usages }: Model): Table => ({
  head: ['Run', 'Transitions', 'Write units', 'Read units', 'AWS calls', 'Invocations', 'Messages', 'Log bytes'],
  rows: [...usages].map(([name, usage]) => {
    const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, one) => total + one, 0);
    const { functions, machine, api } = usage.logs;
    return [
      `\`${name}\``,
      number(usage.transitions),
      number(usage.units.write),
      number(usage.units.read),
      number(sum(usage.calls)),
      number(sum(usage.invocations)),
      number(usage.messages),
      whole(functions + machine + api),
    ];
  }),
});

/** Dollars for 1,000 runs of each type. */
export const billTable = ({ usages, stack }: Model): Table => ({
  head: ['1,000 runs of', ...lineNames, 'Together'],
  rows: [...usages].map(([name, usage]) => {
    const bill = billOf(usage, stack, { runs: thousand });
    return [`\`${name}\``, ...lineNames.map((line) => dollars(bill[line])), dollars(totalOf(bill))];
  }),
});

export function idleTable({ stack, recorded }: Model): Table {
  const lines = idleMonth(stack, recorded);
  const total = lines.reduce((sum, { cost }) => sum + cost, 0);
  return {
    head: ['A month without bookings', 'Amount', 'Cost'],
    rows: [...lines.map(({ name, amount, cost }) => [name, amount, dollars(cost)]), ['Together', '', dollars(total)]],
  };
}

export const releaseTable = ({ stack, usages }: Model): Table => ({
  head: ['A release', 'Amount', 'Cost'],
  rows: releaseLines(stack, usages).map(({ name, amount, cost }) => [name, amount, dollars(cost)]),
});

/** Months at several rates. */
export function monthTable({ stack, usages, recorded }: Model, rates: readonly number[], mix: Mix): Table {
  const months = rates.map((rate) => busyMonth(rate, mix, { stack, usages, sizes: recorded.sizes }));
  const row = (name: string, value: (month: (typeof months)[number]) => string): Row => [name, ...months.map(value)];
  return {
    head: ['Bookings a second', ...rates.map(number)],
    rows: [
      row('Bookings a month', ({ bookings }) => whole(bookings)),
      ...lineNames.map((line) => row(line, ({ bill }) => dollars(bill[line]))),
      row('Metrics', ({ metrics }) => dollars(metrics)),
      row('Together', ({ bill, metrics }) => dollars(totalOf(bill) + metrics)),
      row("Kept of the month's bookings, GB", ({ storedGigabytes }) => number(storedGigabytes)),
      row('… costs each later month', ({ storage }) => dollars(storage)),
      row("The month's log lines, until they are deleted", ({ logStorage }) => dollars(logStorage)),
    ],
  };
}

export const boundsTable = ({ usages }: Model, mix: Mix, region: RegionClass): Table => ({
  head: ['Quota', 'Value', 'A booking takes', 'Bookings a second', 'Ask AWS for'],
  rows: boundsOf(mix, usages, region).map(boundRow),
});

/** What is left over where the load is as planned. */
const margin = 1.1;

/** What a quota has to be for these rates, a tenth to spare. */
export function askTable({ usages }: Model, rates: readonly number[], mix: Mix): Table {
  return {
    head: ['Quota', 'Default, large three', 'Default elsewhere', ...rates.map((rate) => `For ${whole(rate)} a second`)],
    rows: boundsOf(mix, usages, 'large')
      .filter(({ quota }) => quota !== 'newTableWrites')
      .map(({ quota, unit, value, used }) => [
        unit,
        whole(value),
        whole(quotas[quota].values.other),
        ...rates.map((rate) => whole(Math.ceil(used * rate * margin))),
      ]),
  };
}

const boundRow = ({ value, unit, used, rate, askFor = 'nothing: it is fixed' }: Bound): Row => [
  unit,
  whole(value),
  used < 10 ? used.toFixed(2) : number(used),
  whole(rate),
  askFor,
];

export const holdsShown = [0, 50, 150, 300, 500, 1000, 2000] as const;

export const hotFlightTable = ({ recorded }: Model): Table => ({
  head: ['Seats taken', "Bytes of the flight's item", 'Write units a seat', 'Seats a second', '… with holds as items'],
  rows: holdsShown.map((seatsTaken) => {
    const { itemBytes, units, seatsASecond } = hotFlight(seatsTaken, recorded.sizes);
    return [whole(seatsTaken), whole(itemBytes), number(units), whole(seatsASecond), whole(seatsASecondWithHoldItems)];
  }),
});

/** A run's state is its input and what each step adds; so much is passed on in all. */
const stateBytes = 13_000;
const secondsOfARun = 2;

export function enginesTable({ machine, usages }: Model): Table {
  const success = scenarioOf('success');
  const { transitions } = usageIn(usages, success.name);
  const steps = stepsOf(walkOf(success, machine).entered, machine);
  return {
    head: ['Engine', 'Counted', '1,000 bookings', 'What else differs'],
    rows: enginesOf({ transitions, steps, seconds: secondsOfARun, stateBytes }).map(
      ({ engine, counted, cost, note }) => [engine, counted, dollars(cost), note],
    ),
  };
}

const writers = { copy: "another, word for word from the seller's page", other: 'another' } as const;

/** Prices with their sources. */
export const pricesTable = (facts: Readonly<Record<string, Fact>> = prices): Table => ({
  head: ['For', 'Price of a million', 'True on', 'Source', 'Written by'],
  rows: Object.values(facts).map(({ value, unit, checked, source, by, official = source }) => [
    unit,
    value >= 0.01 ? `${dollars(value)} each` : dollars(value * 1e6),
    checked ?? '**not checked**',
    `[${new URL(source).hostname}](${source})`,
    by === 'seller' ? 'the seller' : `${writers[by]}; compare [the seller's page](${official})`,
  ]),
});
