import { setTimeout as sleep } from 'node:timers/promises';
import { departureScheduleOf, departureScheduleSortKey, keys } from '#schema/table.ts';
import { type RunningProcess, spawnEmbeddedProcess } from '#test/support/e2e/embedded-process.ts';
import { put } from '#test/support/e2e/saga.ts';
import { connect, type Target } from '#test/support/e2e/target.ts';
import { aNewFlight } from '#test/support/flights.ts';
import type { Reply } from './client.ts';
import type { QueueClient } from './messages.ts';
import { type Random, randomOf } from './random.ts';
import type { ClientRequest } from './requests.ts';
import { endedRuns } from './settle.ts';

export type Cloud = Target & Pick<RunningProcess, 'kill'>;

export interface Killed {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kills: number;
  /** In the requests' order; undefined where the connection broke. */
  readonly replies: readonly (Reply | undefined)[];
}

/** Longest time between what a kill waits for and the kill. */
const killWithinMs = 100;
/** A machine under load may take much longer to start; then this one is killed before it has got anywhere. */
const startWithinMs = 2000;
const killedWhileStarting = 0.3;

const args = (dataFolder: string) => ['--data', dataFolder, '--retry-scale', '0.02'];

export async function startCloud(dataFolder: string): Promise<Cloud> {
  const process = await spawnEmbeddedProcess(args(dataFolder)).open;
  const target = await connect(process.apiUrl, process.awsUrl, process.stop);
  const kill = async (): Promise<void> => {
    await process.kill();
    await target.close();
  };
  return { ...target, kill };
}

/**
 * Sends all the requests at once and kills the process once some of them have come to their end, so that the moment depends on
 * what was done and not on how quick the machine is; sometimes the next process, too, while it starts.
 */
export async function killAmid(
  cloud: Cloud,
  requests: readonly ClientRequest[],
  queueClient: QueueClient,
  random: Random,
  dataFolder: string,
): Promise<Killed> {
  const began = Date.now();
  const [ends, delay] = [random.below(requests.length), random.below(killWithinMs)];
  const replies = requests.map((request) => request.send(cloud).catch(() => undefined));
  const messages = queueClient.work(cloud, randomOf(random.below(1_000_000)));
  await endedRuns(cloud, ends, began);
  await sleep(delay);
  const at = Date.now();
  await cloud.kill();
  const killed = { at, replies: await Promise.all(replies) };
  await messages;
  const [again, moment] = [random.chance(killedWhileStarting), random.below(startWithinMs)];
  if (!again) return { ...killed, kills: 1 };
  const next = spawnEmbeddedProcess(args(dataFolder));
  await sleep(moment);
  await next.kill();
  return { ...killed, kills: 2 };
}

/** Some that never sell out and one that does. */
export const newFlights = (cloud: Target): Promise<string[]> => putFlights(cloud, [400, 400, 400, 400, 400, 30]);

/** Flights of the caller's own with so many seats each. @returns their ids */
export async function putFlights(cloud: Target, seats: readonly number[]): Promise<string[]> {
  const flights = seats.map((seatCapacity) => aNewFlight({ seatCapacity }));
  for (const flight of flights) {
    const schedule = { [departureScheduleSortKey]: departureScheduleOf(flight) };
    await put(cloud, { ...keys.flightInventory(flight.id), ...flight, ...schedule });
  }
  return flights.map(({ id }) => id);
}
