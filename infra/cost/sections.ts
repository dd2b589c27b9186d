/** The parts of the pages on cost and scale that the model makes. */
import type { Section } from '../docs/section.ts';
import { table } from '../docs/table.ts';
import { assumptions } from './assumptions.ts';
import { quotas } from './facts.ts';
import { hotFlight } from './hot-flight.ts';
import { defaultMix, readMix } from './mix.ts';
import { type Model, modelOf } from './model.ts';
import { number, whole } from './money.ts';
import { usageIn } from './month.ts';
import { partitionTable, rates as scaleRates, scaleTable } from './scale/table.ts';
import { costSentences } from './sentences.ts';
import * as tables from './tables.ts';

let made: Promise<Model> | undefined;

/** Synthesized once for all sections, and only where one is asked for. */
function model(): Promise<Model> {
  made ??= import('./production.ts').then(({ productionStack }) => modelOf(productionStack()));
  return made;
}

const mix = readMix(defaultMix);
const rates = [0.01, 0.1, 1, 10, 100] as const;

const of = (make: (from: Model) => tables.Table) => async (): Promise<string> => {
  const { head, rows } = make(await model());
  return table(head, rows);
};

const page = 'docs/cost.md';
const scalePage = 'docs/scale.md';

export const costSections: readonly Section[] = [
  { file: page, marker: 'bill', content: of(tables.billTable) },
  { file: page, marker: 'usage', content: of(tables.usageTable) },
  { file: page, marker: 'month', content: of((from) => tables.monthTable(from, rates, mix)) },
  { file: page, marker: 'idle', content: of(tables.idleTable) },
  { file: page, marker: 'release', content: of(tables.releaseTable) },
  { file: page, marker: 'quotas-large', content: of((from) => tables.boundsTable(from, mix, 'large')) },
  { file: page, marker: 'quotas-other', content: of((from) => tables.boundsTable(from, mix, 'other')) },
  { file: page, marker: 'quotas-of-success', content: successRates },
  { file: page, marker: 'ask', content: of((from) => tables.askTable(from, [100, 1000], mix)) },
  { file: page, marker: 'hot-flight', content: of(tables.hotFlightTable) },
  { file: page, marker: 'hot-flight-curve', content: hotFlightCurve },
  { file: page, marker: 'engines', content: of(tables.enginesTable) },
  { file: page, marker: 'prices', content: async () => of(() => tables.pricesTable())() },
  { file: page, marker: 'assumptions', content: assumed },
  { file: scalePage, marker: 'simulation', content: of(scaleTable) },
  { file: scalePage, marker: 'partitions', content: of(partitionTable) },
  { file: scalePage, marker: 'months', content: of((from) => tables.monthTable(from, scaleRates, mix)) },
  ...costSentences.map(({ content, ...section }) => ({ ...section, content: async () => content(await model()) })),
];

/** The rates at which a successful booking's transitions are used up. */
async function successRates(): Promise<string> {
  const { usages } = await model();
  const { transitions } = usageIn(usages, 'success');
  const rate = (quota: number): string => whole(quota / transitions);
  const { large, other } = quotas.transitions.values;
  return [
    `A successful booking alone takes ${transitions} transitions: ${whole(large)} a second admit ${rate(large)} bookings a second, ${whole(other)} admit ${rate(other)}. In the large three`,
    `Regions StartExecution binds earlier, at ${whole(quotas.starts.values.large)}. A copy of AWS's page from 2021 says 1,500 and 500 transitions a second; with these it would be`,
    `${rate(1500)} and ${rate(500)} bookings.`,
  ].join('\n');
}

async function hotFlightCurve(): Promise<string> {
  const { recorded } = await model();
  const flights = tables.holdsShown.map((seatsTaken) => hotFlight(seatsTaken, recorded.sizes));
  return [
    '```mermaid',
    'xychart-beta',
    '  title "Seats a second that one flight sells"',
    `  x-axis "seats taken" [${flights.map(({ seatsTaken }) => seatsTaken).join(', ')}]`,
    '  y-axis "seats a second" 0 --> 1000',
    `  line [${flights.map(({ seatsASecond }) => Math.floor(seatsASecond)).join(', ')}]`,
    '```',
  ].join('\n');
}

function assumed(): string {
  const {
    millisecondsAnInvocation,
    millisecondsACall,
    sampled,
    bytesAnEvent,
    emptyReceivesAMinute,
    metricsARoute,
    compressed,
  } = assumptions;
  return table(
    ['Assumption', 'Value'],
    [
      ['An invocation takes, besides its calls', `${millisecondsAnInvocation} ms`],
      ['A call of another service takes', `${millisecondsACall} ms`],
      ['X-Ray records one request a second, and of the others', `${number(sampled * 100)} %`],
      ["An event takes in Step Functions' log, without data", `${bytesAnEvent} bytes`],
      ['Lambda asks an empty queue', `${emptyReceivesAMinute} times a minute`],
      ['Log lines are kept compressed to', `${number(compressed * 100)} %`],
      ['A route has detailed metrics', `${metricsARoute}`],
    ],
  );
}
