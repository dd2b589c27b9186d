import { allLegs } from '#functions/legs.ts';
import { type StateMachine, stateOf } from '../../statemachine/tools/asl.ts';
import { transitionsOf, type Walk, walkMachine } from '../../statemachine/tools/walk.ts';
import { capacityUnits, type ItemSizes, type Units, withSeatHolds } from './items.ts';
import type { Recorded } from './recorded.ts';
import type { Scenario } from './scenarios.ts';
import { type Call, entryWork, type Held, loyaltyWork, workOf } from './work.ts';

/** What one run uses, everything that it sets off included. */
export interface Usage {
  readonly transitions: number;
  /** Of the execution's history. */
  readonly events: number;
  readonly requests: number;
  /** By the function's name without stage, in the order of the first. */
  readonly invocations: ReadonlyMap<string, number>;
  /** Calls of AWS by functions and by the machine, by `service:operation`. */
  readonly calls: ReadonlyMap<string, number>;
  readonly units: Units;
  readonly publishes: number;
  /** Sent to queues, by whomever. */
  readonly messages: number;
  /** Bytes. */
  readonly logs: { readonly functions: number; readonly machine: number; readonly api: number };
}

export interface UsageOptions {
  readonly machine: StateMachine;
  readonly recorded: Recorded;
  /** Bytes of the log an event of the history. */
  readonly bytesAnEvent: number;
  /** Seats of the flight that are taken already: each makes its item larger. */
  readonly seatsTaken: number;
}

export function walkOf({ fails, input }: Scenario, machine: StateMachine): Walk {
  const run = { trip_id: 't', execution_id: 't.r', started_at: 'now', outbound_flight_id: 'f', ...input };
  return walkMachine(machine, { input: run, fails, answers: { CancelBooking: { fenced: true } } });
}

export function usageOf(scenario: Scenario, { machine, recorded, bytesAnEvent, seatsTaken }: UsageOptions): Usage {
  const walk = walkOf(scenario, machine);
  const invocations = new Map<string, number>();
  const failed: string[] = [];
  const invoke = (name: string, count = 1) => invocations.set(name, (invocations.get(name) ?? 0) + count);
  const requests: readonly { readonly function: string; readonly calls: readonly Call[] }[] = entryWork[scenario.entry];
  for (const request of requests) invoke(request.function);
  const calls = requests.flatMap((request) => request.calls);
  let held: Held = scenario.entry === 'cancel' ? everything : new Set();
  let messages = 0;
  for (const name of walk.entered) {
    const { Resource, Type } = stateOf(machine, name);
    const tries = 1 + (walk.retries.get(name) ?? 0);
    if (Type === 'Task' && Resource?.startsWith('{{')) invoke(kebabCase(name), tries);
    if (name in scenario.fails) {
      // A fault is thrown before the step's work.
      failed.push(...Array<string>(tries).fill(name));
      continue;
    }
    const step = workOf(name, held);
    held = step.held;
    calls.push(...step.calls);
    messages += step.calls.filter(({ service }) => service === 'sqs').length;
  }
  const publishes = calls.filter(({ service }) => service === 'sns').length;
  if (publishes > 0) {
    const isConfirmed = walk.entered.includes('ConfirmBooking') && walk.end.Type === 'Succeed';
    const loyalty = isConfirmed ? 'earned' : scenario.entry === 'cancel' ? 'takenBack' : 'neverEarned';
    calls.push(...loyaltyWork[loyalty]);
    invoke('credit-loyalty');
    messages += publishes;
  }
  if (walk.end.Type === 'Fail') {
    // Told by its event, and found to need nothing.
    invoke('redrive-booking');
    messages += 1;
  }
  const events = eventsOf(walk, machine);
  return {
    transitions: transitionsOf(walk),
    events,
    requests: requests.length,
    invocations,
    calls: counted(calls),
    units: sumOf(calls, withSeatHolds(recorded.sizes, seatsTaken)),
    publishes,
    messages,
    logs: {
      functions: functionLogBytes(invocations, failed, recorded),
      machine: events * bytesAnEvent,
      api: requests.length * recorded.logs.request,
    },
  };
}

/** Of a confirmed booking. */
const everything: Held = new Set(['header', 'seat', 'payment', ...allLegs.map(({ name }) => name.toLowerCase())]);

/** `ReserveHotel` → `reserve-hotel`, as its function is called. */
const kebabCase = (name: string): string => name.replaceAll(/(?!^)([A-Z])/g, '-$1').toLowerCase();

/**
 * A task is entered, scheduled, started, ended and left, and each retry adds three; a choice is entered and left.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
function eventsOf({ entered, retries, end }: Walk, machine: StateMachine): number {
  const eventsAState = { Task: 5, Choice: 2, Succeed: 2, Fail: 1 } as const;
  const started = 1;
  const ended = 1;
  const ofStates = entered.reduce((sum, name) => sum + eventsAState[stateOf(machine, name).Type], 0);
  const ofRetries = [...retries.values()].reduce((sum, count) => sum + 3 * count, 0);
  return started + ofStates + ofRetries + (end.Type === 'Fail' || end.Type === 'Succeed' ? ended : 0);
}

function counted(calls: readonly Call[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { service, operation } of calls) {
    const key = `${service}:${operation}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function sumOf(calls: readonly Call[], sizes: ItemSizes): Units {
  let [read, write, own] = [0, 0, 0];
  for (const call of calls) {
    if (call.service !== 'dynamodb') continue;
    const units = capacityUnits(call, sizes);
    read += units.read;
    write += units.write;
    own += units.own;
  }
  return { read, write, own };
}

/** @throws Error for a function whose log was never recorded */
function functionLogBytes(
  invocations: ReadonlyMap<string, number>,
  failed: readonly string[],
  { logs }: Recorded,
): number {
  let bytes = failed.length * logs.failure;
  for (const [name, count] of invocations) {
    const each = logs.functions[name];
    if (each === undefined) throw new Error(`No log of the function "${name}" is recorded: npm run cost:record`);
    bytes += count * each;
  }
  return bytes;
}
