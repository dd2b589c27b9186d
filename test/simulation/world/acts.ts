import { OUTSIDE } from '#embedded/index.ts';
import type { CancelCause } from '#schema/execution-names.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { PlanError } from '../plans/plan.ts';
import type { Deeds } from './deeds.ts';
import { first, oddBookings } from './odd-bookings.ts';
import { readings } from './readings.ts';
import { cancel, post, process, processBehind } from './requests.ts';
import { arnOf, queues, rules, urlOf } from './stack.ts';
import { aPaidTrip, startBooking, trips } from './trips.ts';
import type { World } from './world.ts';

type Do = (world: World, deeds: Deeds, number: number) => Promise<void>;

const doing: Readonly<Record<string, readonly [about: string, act: Do]>> = {
  book: ['a customer books the trip', (world, deeds) => startBooking(world, deeds, trips.book)],
  other: ['another trip is booked on the same flight', (world, deeds) => startBooking(world, deeds, trips.other)],
  post: ['POST /bookings with an id and a key, the same each time', post],
  process: ['processBooking by GraphQL with the id of the trip and no key', process],
  'process-behind': ['the same on a host whose clock is a minute behind', processBehind],
  cancel: ['the customer cancels the trip by DELETE', cancel],
  again: ['an operator starts the first run a second time: same name, same input', again],
  undo: [
    'an operator starts a run that undoes the first one, under a name of its own',
    (world, deeds) => undo(world, deeds, 'redrive'),
  ],
  'undo-customer': ['the same for the customer', (world, deeds) => undo(world, deeds, 'customer')],
  release: ['the next release is deployed, beside runs of the one before', async (world) => world.release()],
  'redrive-execution': ['RedriveExecution of the latest run that did not succeed', redriveExecution],
  forget: ['Step Functions forgets all runs and their names, as after 90 days', forget],
  restore: ['the table is restored to how it was after so many writes (`restore#17`)', restore],
  'letters-twice': ['each dead letter is moved back twice', lettersTwice],
  malformed: ['an execution is started without a trip', malformed],
  misnamed: ['an execution is started under a name that is not in its input', misnamed],
  noted: ['an execution is started with a note of failed layers', (world) => odd(world, { failedLayers: {} })],
  'unknown-action': ['an execution is started with an action that is none', (world) => odd(world, { action: 'pay' })],
  untyped: ['an execution is started with a number for its trip', (world) => odd(world, { trip_id: 7 })],
  refused: ['a booking run is started whose amount is no amount', (world) => odd(world, { amount: 'much' })],
  letters: ['dead letters are moved back to the redrive queue', letters],
  wait: ['an hour passes', (world) => world.pass(3_600_000)],
  reconcile: ['the reconciler runs, with its age passed', reconcile],
  audit: ['the audit of seat holds runs', (world) => world.cloud.events.fire(rules.audit)],
  ...readings,
  ...oddBookings,
};

export const actNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(doing).map(([name, [about]]) => [name, about]),
);

/** Begins an act. It is done when the world is quiet. @throws PlanError */
export async function act(what: string, world: World, deeds: Deeds): Promise<void> {
  const [name = '', number] = what.split('#');
  const found = doing[name];
  if (found === undefined) throw new PlanError(`"${what}" is no act; there are ${Object.keys(doing).join(', ')}`);
  return found[1](world, deeds, Number(number));
}

async function again(world: World, deeds: Deeds): Promise<void> {
  const trip = first(deeds);
  await world.start(trip.execution_id, trip);
}

async function redriveExecution(world: World, { redriven }: Deeds): Promise<void> {
  const executionArn = await world.redriveExecution();
  if (executionArn !== undefined) redriven.add(executionArn);
}

function malformed(world: World): Promise<void> {
  return world.start('malformed.run', { execution_id: 'malformed.run' });
}

async function misnamed(world: World): Promise<void> {
  await world.start('misnamed.run', await aPaidTrip(world, 'misnamed', 'other'));
}

async function odd(world: World, fields: Record<string, unknown>): Promise<void> {
  const trip = await aPaidTrip(world, 'odd', 'run');
  await world.start(trip.execution_id, { ...trip, ...fields });
}

async function undo(world: World, deeds: Deeds, cause: CancelCause): Promise<void> {
  const trip = first(deeds);
  if (cause === 'customer') deeds.unwanted.add(trip.execution_id);
  await world.start(`${trip.execution_id}.by-hand-${cause}`, cancelRunInput(trip, cause));
}

/** Those that are under way stay known. */
async function forget(world: World): Promise<void> {
  world.lose(['executions', 'execution events', 'execution names']);
}

/** What was promised after that moment is lost with it. */
async function restore(world: World, { cancelled }: Deeds, writes: number): Promise<void> {
  cancelled.clear();
  world.restore(writes);
}

async function lettersTwice(world: World): Promise<void> {
  const bodies = world.cloud.messages().flatMap(({ queue, body }) => (queue === queues.letters ? [body] : []));
  for (const MessageBody of bodies) {
    await world.cloud.sqs.call('SendMessage', { QueueUrl: urlOf(queues.redrive), MessageBody }, OUTSIDE);
  }
  await letters(world);
}

export async function letters(world: World): Promise<void> {
  await move(world, queues.letters, queues.redrive);
}

/** Messages that loyalty gave up go back to it. */
export async function untoldPoints(world: World, { moved }: Deeds): Promise<void> {
  const before = world.trace.length;
  await move(world, queues.lostPoints, queues.loyalty);
  for (const { id } of world.trace.slice(before)) moved.add(id);
}

async function move({ cloud }: World, from: string, to: string): Promise<void> {
  const task = { SourceArn: arnOf(from), DestinationArn: arnOf(to) };
  await cloud.sqs.call('StartMessageMoveTask', task, OUTSIDE);
}

async function reconcile(world: World): Promise<void> {
  await world.cloud.events.fire(rules.reconcile);
}
