import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { maxFlightSeats } from '#schema/new-flight.ts';
import type { Target } from '#test/support/e2e/target.ts';
import { readBooks, seatsOf } from '#test/support/kill-rounds/books.ts';
import { putFlights } from '#test/support/kill-rounds/cloud.ts';
import { restock } from '../restock.ts';
import { type Driven, drive, type Pace } from './drive.ts';
import { type Fit, fitMemory } from './fit.ts';
import { type Judged, judge } from './judge.ts';
import { type Mix, type PlannedBooking, plannedBookings } from './plan.ts';
import { requestOf } from './requests.ts';
import type { Served } from './served.ts';

export interface LoadReport {
  readonly planned: readonly PlannedBooking[];
  readonly driven: Driven;
  readonly judged: Judged;
  readonly fit: Fit;
}

/** Puts a load on a target and judges what it leaves. */
export async function runLoad(
  served: Served,
  mix: Mix & { readonly cancelFailureRate: number },
  pace: Pace,
  say: (line: string) => void = () => undefined,
): Promise<LoadReport> {
  const planned = plannedBookings(mix);
  const target = await served.current();
  await restock(target);
  const flights = await putFlights(target, Array(mix.flights).fill(maxFlightSeats));
  const { flights: before } = await readBooks(target);
  const requests = planned.map((booking) => requestOf(booking, flights, mix.cancelFailureRate));
  const bytesBefore = await tableBytes(target);
  const driven = await drive(served, requests, pace);
  say(`${driven.accepted.length} bookings have ended after ${driven.seconds.toFixed(0)} s; auditing`);
  const parts = new Map(driven.accepted.map(({ id, index }) => [id, requests[index]?.parts ?? []]));
  const seats = new Map([...before].map(([id, flight]) => [id, seatsOf(flight)]));
  const load = { planned, accepted: driven.accepted, kills: pace.kills };
  const left = await served.current();
  const judged = await judge(left, load, { parts, seats });
  const added = (await tableBytes(left)) - bytesBefore;
  const dataABooking = (memoryAByte * added) / Math.max(driven.accepted.length, 1);
  return { planned, driven, judged, fit: fitMemory(driven.samples, dataABooking) };
}

/** What a byte of an item, by DynamoDB's measure, takes in the local cloud with its keys in the indexes: found in heap snapshots. */
const memoryAByte = 3;

async function tableBytes({ dynamodb, tableName }: Target): Promise<number> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
  return Table?.TableSizeBytes ?? 0;
}
