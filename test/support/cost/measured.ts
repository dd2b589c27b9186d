import { paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { allLegs } from '#functions/legs.ts';
import { majorUnits } from '#functions/shared/money/decimal-amount.ts';
import { camelCase } from '#functions/trip/camel-case.ts';
import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import { byCustomer, cancellation, type Scenario } from '#infra/cost/scenarios.ts';
import { demoCardToken, demoCustomer, demoFlightId } from '#schema/demo-request.ts';
import { aTripId, startDemo } from '../e2e/saga.ts';
import type { FaultyCloud } from '../faulty-cloud.ts';
import { functionOfGroup, type Trace, traced } from './trace.ts';

export interface MeasuredRun {
  readonly trace: Trace;
  /** Names of the states that were entered. */
  readonly states: readonly string[];
  readonly transitions: number;
  readonly events: number;
}

/** Runs one scenario alone on the cloud. */
export async function measure(
  target: FaultyCloud,
  { name }: Pick<Scenario, 'name'>,
  query: Record<string, string> = {},
): Promise<MeasuredRun> {
  const trace =
    name === cancellation
      ? await cancelled(target)
      : await traced(target, () => (name === byCustomer ? order(target) : demo(target, { runType: name, ...query })));
  const [entered] = trace.of('stateEntered');
  if (entered === undefined) throw new Error(`No run of type ${name} has begun`);
  return { trace, ...(await historyOf(target, entered.executionArn)) };
}

async function demo(target: FaultyCloud, query: Record<string, string>, tripID = aTripId()): Promise<void> {
  await startDemo(target, { tripID, ...query });
}

async function cancelled(target: FaultyCloud): Promise<Trace> {
  const tripId = aTripId();
  await traced(target, () => demo(target, { runType: 'success' }, tripId));
  return traced(target, async () => {
    await request(target, 'DELETE', `/bookings/${tripId}`);
  });
}

/** All legs, as the demo books them. */
async function order(target: FaultyCloud): Promise<void> {
  const money = { amount: majorUnits(demoPrice.amount), currency: demoPrice.currency };
  const { createdCharge } = await request(target, 'POST', '/payments/charges', {
    ...money,
    stripeToken: demoCardToken,
  });
  const legs = Object.fromEntries(
    allLegs
      .filter(({ source }) => source.from === 'request')
      .map(({ name, fields }) => [name, camelCased(Object.keys(fields))]),
  );
  const paymentToken = (createdCharge as { readonly id: string }).id;
  await request(target, 'POST', '/bookings', { outboundFlightId: demoFlightId, paymentToken, ...legs });
}

const demoValues: Readonly<Record<string, unknown>> = demoTrip;

/** `check_in` → `checkIn`, with the demo's values. */
const camelCased = (fields: readonly string[]) =>
  Object.fromEntries(fields.map((field) => [camelCase(field), demoValues[field]]));

/** As the demo's customer, with an idempotency key of its own. */
async function request(
  target: FaultyCloud,
  method: string,
  path: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = {
    authorization: `Bearer ${await target.cloud.issuer?.sign({ sub: demoCustomer })}`,
    'content-type': 'application/json',
    'idempotency-key': aTripId(),
  };
  const response = await fetch(`${target.apiUrl}${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

/** States entered, and attempts of tasks beyond the first: what Step Functions bills. */
async function historyOf({ stepFunctions }: FaultyCloud, arn: string) {
  const states: string[] = [];
  let [events, attempts, tasks] = [0, 0, 0];
  for await (const page of paginateGetExecutionHistory({ client: stepFunctions }, { executionArn: arn })) {
    for (const { type = '', stateEnteredEventDetails } of page.events ?? []) {
      events += 1;
      if (stateEnteredEventDetails?.name !== undefined) states.push(stateEnteredEventDetails.name);
      if (type === 'TaskStateEntered') tasks += 1;
      if (type === 'LambdaFunctionScheduled' || type === 'TaskScheduled') attempts += 1;
    }
  }
  return { states, events, transitions: states.length + attempts - tasks };
}

/** By `service:operation`. */
export const callsOf = ({ calls }: Trace): Record<string, number> =>
  countedBy(calls.map(({ service, operation }) => `${service}:${operation}`));

export const unitsOf = ({ calls }: Trace) => ({
  read: calls.reduce((sum, { units }) => sum + (units?.read ?? 0), 0),
  write: calls.reduce((sum, { units }) => sum + (units?.write ?? 0), 0),
});

/** By the function's name without stage. */
export const invocationsOf = (trace: Trace): Record<string, number> =>
  countedBy(
    trace
      .of('logLine')
      .filter(({ message }) => message.startsWith('REPORT '))
      .map(({ group }) => functionOfGroup(group) ?? group),
  );

/** Bytes that functions logged, without what a cold start adds. */
export const functionLogBytesOf = (trace: Trace): number =>
  trace
    .of('logLine')
    .filter(({ group, message }) => functionOfGroup(group) !== undefined && !message.includes('"ColdStart"'))
    .reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);

function countedBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
