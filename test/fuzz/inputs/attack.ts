import type { Observation } from '#embedded/index.ts';
import { sagaErrors } from '#functions/saga-errors.ts';
import document from '#schema/openapi.json' with { type: 'json' };
import { partitionPrefixes } from '#schema/table.ts';
import { createFaults } from '#test/simulation/faults/interference.ts';
import { createOracle } from '#test/simulation/oracle/oracle.ts';
import { surroundWith } from '#test/simulation/oracle/surroundings.ts';
import type { Service } from '#test/simulation/run-plan.ts';
import { act } from '#test/simulation/world/acts.ts';
import { type Item, itemsOf } from '#test/simulation/world/books.ts';
import { newDeeds } from '#test/simulation/world/deeds.ts';
import { aPaidTrip, offerFlight } from '#test/simulation/world/trips.ts';
import { createWorld, type World } from '#test/simulation/world/world.ts';
import { complaintOf } from '../graphql-answer.ts';
import { asSent, isHttp } from './as-sent.ts';
import type { Base } from './bases.ts';
import { type Mutation, mutated } from './mutation.ts';

export type Outcome = 'accepted' | 'refused';

/** Errors of a step that the machine and the reader of a dead letter know. */
const documentedErrors = new Set(sagaErrors.map((error) => new error('').name));
/** A refused charge is counted all the same, or cards could be tried without end. */
const isCounter = ({ pk }: Item): boolean => String(pk).startsWith(partitionPrefixes.rate);

/** Steps that write before they call another service, which may refuse: the saga undoes what they have written. */
const undoneAfterwards = new Set(['take-payment']);
/** Steps whose writes are refused once the booking stands. */
const forward = /^(reserve|take|confirm)-/;

/**
 * Sends inputs to functions in a world with one trip: its header is open for the steps that book, and it is confirmed for all
 * others. The world is made anew after each input that was accepted and has written.
 */
export class Attack {
  readonly #service: Service;
  /** Input of the step that opens the header. */
  readonly #opening: object | undefined;
  readonly #worlds = new Map<boolean, World>();

  constructor(service: Service, bases: readonly Base[]) {
    this.#service = service;
    this.#opening = bases.find(({ name }) => name === 'reserve-booking')?.event;
  }

  /** @throws Error that says what is wrong with the function */
  async send({ functionName, event, name }: Base, mistakes: readonly Mutation[]): Promise<Outcome> {
    const wrong = asSent(mistakes.reduce((value: unknown, mistake) => mutated(value, mistake), event) as object);
    const isForward = forward.test(functionName);
    const world = this.#worlds.get(isForward) ?? (await this.#open(isForward));
    this.#worlds.set(isForward, world);
    surroundWith(world.oracle.ports);
    try {
      const before = await standing(world);
      const answering = world.call(functionName, wrong).then(
        (answer) => ({ answer }),
        (error: Error) => ({ error }),
      );
      await world.settle();
      const outcome = isHttp(event)
        ? httpOutcome(name, await answering)
        : 'Records' in event
          ? queueOutcome(await answering)
          : stepOutcome(await answering);
      const after = await standing(world);
      const mayWrite = undoneAfterwards.has(functionName);
      if (outcome === 'refused' && !mayWrite && after.text !== before.text)
        throw new Error(`refused, and wrote: ${differenceOf(before.text, after.text)}`);
      for (const happening of world.trace.slice(before.trace)) refuseBadEnd(happening);
      if (after.text !== before.text) this.#worlds.delete(isForward);
      return outcome;
    } catch (error) {
      this.#worlds.delete(isForward);
      throw error;
    } finally {
      surroundWith(undefined);
    }
  }

  async #open(isForward: boolean): Promise<World> {
    const oracle = createOracle(1);
    surroundWith(oracle.ports);
    const nothing = { stop: () => {}, expire: () => {}, kill: () => {} };
    const { handlers, machine } = this.#service;
    const world = createWorld({ oracle, handlers, machines: [machine], interference: createFaults([], () => nothing) });
    await offerFlight(world, 100);
    if (isForward) {
      await aPaidTrip(world, 'trip', 'run1');
      void world.call('reserve-booking', this.#opening);
    } else void act('book', world, newDeeds());
    await world.settle();
    return world;
  }
}

type Answered = { readonly answer: unknown } | { readonly error: Error };

/** The table and the queues. */
async function standing(world: World): Promise<{ readonly text: string; readonly trace: number }> {
  const items = (await itemsOf(world.cloud)).filter((item) => !isCounter(item));
  const plain = (_: string, value: unknown): unknown => (value instanceof Set ? [...value].sort() : value);
  const text = [...items, ...world.cloud.messages()].map((one) => JSON.stringify(one, plain)).join('\n');
  return { text, trace: world.trace.length };
}

function differenceOf(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .join('\n')
    .slice(0, 1_000);
}

function stepOutcome(answered: Answered): Outcome {
  if (!('error' in answered)) return 'accepted';
  const { name, message } = answered.error;
  if (!documentedErrors.has(name))
    throw new Error(`a step throws ${name}, which is not documented: ${message.slice(0, 500)}`);
  return 'refused';
}

/** A message that is refused comes again, and ends among the dead letters. */
function queueOutcome(answered: Answered): Outcome {
  if ('error' in answered) throw new Error(`the whole batch fails: ${answered.error.stack}`);
  const { batchItemFailures } = answered.answer as { readonly batchItemFailures: readonly unknown[] };
  return batchItemFailures.length > 0 ? 'refused' : 'accepted';
}

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const { paths } = document as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
};

function httpOutcome(route: string, answered: Answered): Outcome {
  if ('error' in answered) throw new Error(`a route throws: ${answered.error.stack}`);
  const { statusCode, headers = {}, body = '' } = answered.answer as HttpAnswer;
  const said = `${statusCode} ${body.slice(0, 500)}`;
  if (statusCode >= 500) throw new Error(`a route answers ${said}`);
  const [method = '', path = ''] = route.split(' ');
  const responses = paths[path]?.[method.toLowerCase()]?.responses;
  if (responses !== undefined && !Object.hasOwn(responses, String(statusCode)))
    throw new Error(`undocumented: ${said}`);
  if (/[\r\n]/.test(Object.entries(headers).flat().join('')))
    throw new Error(`a header has a line break: ${JSON.stringify(headers)}`);
  if (/node_modules|\.ts:\d/.test(body)) throw new Error(`an answer tells of the inside: ${said}`);
  JSON.parse(body || 'null');
  if (path === '/graphql') {
    const complaint = complaintOf(statusCode, body);
    if (complaint !== undefined) throw new Error(`${complaint}: ${said}`);
    return /"errors":/.test(body) || statusCode >= 400 ? 'refused' : 'accepted';
  }
  return statusCode >= 400 ? 'refused' : 'accepted';
}

/** A run that was started has to be one that its steps understand. */
function refuseBadEnd(happening: Observation): void {
  const { type, error } = happening as { readonly type: string; readonly error?: string };
  if (type === 'stateRetried' && /States\.Runtime|InvalidSagaInput|TypeError|RangeError/.test(error ?? '')) {
    throw new Error(`a run was started that its steps refuse: ${JSON.stringify(happening).slice(0, 500)}`);
  }
}
