import { quotas } from '../facts.ts';
import { hotFlight } from '../hot-flight.ts';
import type { Model } from '../model.ts';
import { number, whole } from '../money.ts';
import { usageIn } from '../month.ts';
import { byCustomer } from '../scenarios.ts';
import type { Table } from '../tables.ts';
import { type Design, demandOf, designs, shardsNow, unfinishedWrites } from './designs.ts';
import { type Demand, type Outcome, simulate } from './simulate.ts';

export const rates = [10, 100, 1000, 100_000] as const;

/** One of twenty bookings wants the same flight of 2,000 seats, one of ten leaves from the same airport. */
export const workload = {
  popularShare: 0.05,
  popularSeats: 2000,
  airportShare: 0.1,
  seconds: 30,
  seed: 1,
} as const;

const halfSold = 90;

/** Which partitions bookings share, and how many a second each takes. */
export function partitionTable({ recorded: { sizes } }: Model): Table {
  const units = quotas.partitionWrites.values.large;
  const row = (partition: string, used: number, partitions: number, of: string): readonly string[] => [
    partition,
    number(used),
    whole(partitions),
    `${whole((units * partitions) / used)} ${of}`,
  ];
  return {
    head: ['Partition', 'Write units a booking', 'Partitions', 'Bookings a second'],
    rows: [
      row("the flight's item, half of 180 seats sold", hotFlight(halfSold, sizes).units, 1, 'of one flight'),
      row("the airport's entries in the catalog (`ByDepartureSchedule`)", 1, 1, 'from one airport'),
      row('unfinished bookings (`ByUnfinished`)', unfinishedWrites, shardsNow, 'in all'),
      // It comes, moves, which is two, and changes once its message is out.
      row("a customer's bookings (`ByCustomerStatus`)", 4, 1, 'of one customer'),
      // The record and the sum, in one transaction.
      row("a customer's points", 4, 1, 'of one customer'),
    ],
  };
}

/** What becomes of the bookings at each rate, by design. */
export function scaleTable({ usages, recorded }: Model): Table {
  const demand = demandOf(usageIn(usages, byCustomer));
  return {
    head: ['Bookings a second', 'Design', 'Booked', 'Refused', 'Undone', 'Sold out', 'Wait, s', 'What turns most away'],
    rows: rates.flatMap((rate) =>
      outcomesAt(rate, designs(recorded.sizes), demand).map(({ design, outcome }) => {
        const { came, booked, refused, undone, soldOut, wait } = outcome;
        const share = (count: number) => `${number((100 * count) / came)} %`;
        return [
          whole(rate),
          design.name,
          `${whole(Math.round(booked / workload.seconds))} a second, ${share(booked)}`,
          share(refused),
          share(undone),
          share(soldOut),
          number(wait),
          mostOf(outcome),
        ];
      }),
    ),
  };
}

interface Tried {
  readonly design: Design;
  readonly outcome: Outcome;
}

/** Up to the first with no booking refused or waiting; cells are for what one account can't do. */
function outcomesAt(rate: number, all: readonly Design[], demand: Demand): readonly Tried[] {
  const tried: Tried[] = [];
  for (const design of all) {
    if (design.cells > 1 && rate < rateOfCells) break;
    const outcome = outcomeOf(rate, design, demand);
    tried.push({ design, outcome });
    if (outcome.turnedAway.size === 0 && outcome.wait === 0) break;
  }
  return tried;
}

const rateOfCells = 10_000;

/** All cells together: one has the popular flight, the others share what is left. */
export function outcomeOf(rate: number, { cells, capacity }: Design, demand: Demand): Outcome {
  if (cells === 1) return simulate({ ...workload, rate }, capacity, demand);
  const elsewhere = (rate * (1 - workload.popularShare)) / cells;
  const popular = rate * workload.popularShare;
  const withFlight = elsewhere + popular;
  const [ordinary, busy] = [
    simulate({ ...workload, rate: elsewhere, popularShare: 0 }, capacity, demand),
    simulate({ ...workload, rate: withFlight, popularShare: popular / withFlight }, capacity, demand),
  ];
  const sum = (of: (outcome: Outcome) => number): number => of(ordinary) * (cells - 1) + of(busy);
  const gates = new Set([...ordinary.turnedAway.keys(), ...busy.turnedAway.keys()]);
  return {
    came: sum(({ came }) => came),
    booked: sum(({ booked }) => booked),
    refused: sum(({ refused }) => refused),
    undone: sum(({ undone }) => undone),
    soldOut: sum(({ soldOut }) => soldOut),
    wait: Math.max(ordinary.wait, busy.wait),
    turnedAway: new Map([...gates].map((gate) => [gate, sum(({ turnedAway }) => turnedAway.get(gate) ?? 0)])),
  };
}

function mostOf({ turnedAway }: Outcome): string {
  const [most] = [...turnedAway].sort(([, one], [, other]) => other - one);
  return most === undefined ? 'nothing' : most[0];
}
