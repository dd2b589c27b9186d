import { paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { cancellation, type Scenario } from '#infra/cost/scenarios.ts';
import { aTripId, ended, executionArn, startDemo } from '../e2e/saga.ts';
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
  const tripID = aTripId();
  let arn = '';
  const book = async (runType: string): Promise<void> => {
    const started = await startDemo(target, { runType, tripID, ...query });
    arn = started.executionArn;
    await ended(target, arn);
  };
  if (name !== cancellation) {
    const trace = await traced(target, () => book(name));
    return { trace, ...(await historyOf(target, arn)) };
  }
  await traced(target, () => book('success'));
  const booking = arn.slice(arn.lastIndexOf(':') + 1);
  const trace = await traced(target, async () => {
    const authorization = `Bearer ${await target.cloud.issuer?.sign({ sub: 'demo' })}`;
    const response = await fetch(`${target.apiUrl}/bookings/${tripID}`, {
      method: 'DELETE',
      headers: { authorization },
    });
    if (response.status !== 202) throw new Error(`The cancellation was answered ${response.status}`);
    await ended(target, executionArn(target, `${booking}.cancel`));
  });
  return { trace, ...(await historyOf(target, executionArn(target, `${booking}.cancel`))) };
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
