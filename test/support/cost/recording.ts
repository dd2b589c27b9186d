import { itemBytes } from '#embedded/testing.ts';
import { allLegs } from '#functions/legs.ts';
import type { IdleRun, Recorded } from '#infra/cost/recorded.ts';
import { scenarioOf, scenarios } from '#infra/cost/scenarios.ts';
import { indexes, partitionPrefixes } from '#schema/table.ts';
import type { FaultyCloud } from '../faulty-cloud.ts';
import { measure } from './measured.ts';
import { functionOfGroup, type Trace, traced } from './trace.ts';

type Item = Parameters<typeof itemBytes>[0] & object;
type Value = Item[string];

/** Runs every scenario once, and keeps what the model can't know: sizes of items, and of log lines. */
export async function record(target: FaultyCloud): Promise<Recorded> {
  // Cold starts would be in the logs.
  for (const scenario of scenarios) await measure(target, scenario);
  const success = (await measure(target, scenarioOf('success'))).trace;
  const failing = (await measure(target, scenarioOf('failBookingConfirmation'))).trace;
  const cancelled = (await measure(target, scenarioOf('cancel'))).trace;
  const ordered = (await measure(target, scenarioOf('customer'))).trace;
  const traces = [success, failing, cancelled, ordered];
  const logs = new Map(traces.flatMap((trace) => [...logBytesOf(trace)]));
  const confirm = 'confirm-booking';
  const worked = logBytesOf(success).get(confirm) ?? 0;
  const failed = logBytesOf(failing).get(confirm) ?? 0;
  return {
    sizes: sizesOf(traces),
    logs: {
      functions: sorted({ ...Object.fromEntries(logs), [confirm]: worked }),
      failure: failed - worked,
      request: bytesOf(success, (group) => group.includes('http-api')),
    },
    idle: await idleOf(target),
  };
}

function logBytesOf(trace: Trace): ReadonlyMap<string, number> {
  const groups = new Set(trace.of('logLine').map(({ group }) => group));
  return new Map(
    [...groups].flatMap((group) => {
      const name = functionOfGroup(group);
      return name === undefined ? [] : [[name, bytesOf(trace, (one) => one === group)] as const];
    }),
  );
}

const bytesOf = (trace: Trace, isWanted: (group: string) => boolean): number =>
  trace
    .of('logLine')
    .filter(({ group }) => isWanted(group))
    .reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);

/** The largest of each kind. */
function sizesOf(traces: readonly Trace[]): Recorded['sizes'] {
  const items: Record<string, number> = {};
  const entries: Record<string, number> = {};
  let seatHold = 0;
  for (const { after } of traces.flatMap((trace) => trace.of('itemChanged'))) {
    if (after === undefined) continue;
    const item = after as Item;
    const name = nameOf(item);
    // Holds are counted apart: the flight of the demo has those of all runs so far.
    const { seatHolds, ...plain } = item;
    const holds = (seatHolds as Value | undefined)?.SS ?? [];
    if (holds.length > 0) seatHold = Math.max(seatHold, ...holds.map((hold) => Buffer.byteLength(hold)));
    items[name] = Math.max(items[name] ?? 0, itemBytes(plain));
    for (const { name: index, hashKey, rangeKey, projection } of Object.values(indexes)) {
      if (projection.type === 'ALL' || plain[hashKey] === undefined || plain[rangeKey] === undefined) continue;
      const kept = ['pk', 'sk', hashKey, rangeKey, ...(projection.type === 'INCLUDE' ? projection.attributes : [])];
      const entry = Object.fromEntries(Object.entries(plain).filter(([attribute]) => kept.includes(attribute)));
      entries[index] = Math.max(entries[index] ?? 0, itemBytes(entry));
    }
  }
  return { items: sorted(items), entries: sorted(entries), seatHold };
}

function nameOf({ pk, sk, charge_request: charge }: Item): string {
  const [partition, sort] = [pk?.S ?? '', sk?.S ?? ''];
  if (partition.startsWith(partitionPrefixes.flight)) return 'inventory';
  if (partition.startsWith(partitionPrefixes.charge)) return 'charge';
  if (partition.startsWith(partitionPrefixes.loyalty)) return sort === 'ACCOUNT' ? 'loyaltyAccount' : 'loyaltyRecord';
  if (partition.startsWith(partitionPrefixes.idempotency)) return charge === undefined ? 'request' : 'chargeRequest';
  if (partition.startsWith(partitionPrefixes.request)) return 'pending';
  if (partition.startsWith(partitionPrefixes.rate)) return sort.startsWith('CHARGES') ? 'chargeCount' : 'countedCharge';
  if (sort === 'BOOKING') return 'header';
  const leg = allLegs.find(({ name }) => sort.startsWith(`${name.toUpperCase()}#`));
  return leg?.name.toLowerCase() ?? sort.split('#')[0]?.toLowerCase() ?? '';
}

/** A run of each schedule with nothing to do, behind one that may still have found something. */
async function idleOf(target: FaultyCloud): Promise<Recorded['idle']> {
  const idle: Record<string, IdleRun> = {};
  for (const { attributes } of target.cloud.stack.resources('aws_cloudwatch_event_rule')) {
    if (attributes.schedule_expression === undefined) continue;
    const fire = () => traced(target, () => target.cloud.events.fire(attributes.name));
    await fire();
    const trace = await fire();
    const { calls } = trace;
    const [{ by = '' } = {}] = calls;
    const name = by.split('/').at(-1)?.replace('booking-saga-local-', '') ?? '';
    idle[name] = {
      read: calls.reduce((sum, { units }) => sum + (units?.read ?? 0), 0),
      write: calls.reduce((sum, { units }) => sum + (units?.write ?? 0), 0),
      calls: calls.length,
      logs: bytesOf(trace, (group) => functionOfGroup(group) !== undefined),
      metrics: new Set(trace.of('metric').map((metric) => metric.name)).size,
    };
  }
  return sorted(idle);
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
