import { assumptions } from './assumptions.ts';
import { prices } from './facts.ts';
import type { StackFacts } from './stack.ts';
import type { Usage } from './usage.ts';

/** What a line of the bill is for. */
export const lineNames = [
  'Step Functions',
  'DynamoDB',
  'Logs',
  'Lambda',
  'Queues and topic',
  'HTTP API',
  'X-Ray',
] as const;
export type LineName = (typeof lineNames)[number];
/** Dollars. */
export type Bill = Readonly<Record<LineName, number>>;

export const totalOf = (bill: Bill): number => lineNames.reduce((sum, name) => sum + bill[name], 0);

export const gigabyte = 1024 ** 3;
const megabytesAGigabyte = 1024;

/** A message is sent, received and deleted. */
const requestsAMessage = 3;
/** Roots of traces a run: the API's function, the machine, and the consumer of the queue. */
export const tracesARun = 3;

/** What a function is billed for, GB-seconds of all its invocations. */
export function gigabyteSeconds(usage: Usage, { functions }: Pick<StackFacts, 'functions'>): number {
  const calls = [...usage.calls.values()].reduce((sum, count) => sum + count, 0);
  const invocations = [...usage.invocations.values()].reduce((sum, count) => sum + count, 0);
  const ofCalls = (calls * assumptions.millisecondsACall) / invocations;
  let sum = 0;
  for (const [name, count] of usage.invocations) {
    const memory = functions.find((one) => one.name === name)?.memoryMegabytes;
    // The demo's route is not on every stage.
    const megabytes = memory ?? functions[0]?.memoryMegabytes ?? 0;
    sum += (count * (assumptions.millisecondsAnInvocation + ofCalls) * megabytes) / megabytesAGigabyte / 1000;
  }
  return sum;
}

/** Of so many runs, without free tiers. @param sampled share of the runs that X-Ray records */
export function billOf(
  usage: Usage,
  stack: StackFacts,
  { runs = 1, sampled = assumptions.sampled as number } = {},
): Bill {
  const invocations = [...usage.invocations.values()].reduce((sum, count) => sum + count, 0);
  const logBytes = usage.logs.functions + usage.logs.machine + usage.logs.api;
  const bill = {
    'Step Functions': usage.transitions * prices.transition.value,
    DynamoDB: usage.units.write * prices.writeUnit.value + usage.units.read * prices.readUnit.value,
    Logs: (logBytes / gigabyte) * prices.logGb.value,
    Lambda: invocations * prices.lambdaRequest.value + gigabyteSeconds(usage, stack) * prices.lambdaGbSecond.value,
    'Queues and topic':
      usage.publishes * prices.publish.value + usage.messages * requestsAMessage * prices.queueRequest.value,
    'HTTP API': usage.requests * prices.httpRequest.value,
    'X-Ray': stack.isTraced ? tracesARun * sampled * prices.trace.value : 0,
  } satisfies Bill;
  return scaled(bill, runs);
}

export const scaled = (bill: Bill, factor: number): Bill =>
  Object.fromEntries(lineNames.map((name) => [name, bill[name] * factor])) as Bill;

export const sumOfBills = (bills: readonly Bill[]): Bill =>
  Object.fromEntries(lineNames.map((name) => [name, bills.reduce((sum, bill) => sum + bill[name], 0)])) as Bill;
