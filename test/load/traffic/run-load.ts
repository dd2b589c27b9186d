import { maxFlightSeats } from '#schema/new-flight.ts';
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
  const driven = await drive(served, requests, pace);
  say(`${driven.accepted.length} bookings have ended after ${driven.seconds.toFixed(0)} s; auditing`);
  const parts = new Map(driven.accepted.map(({ id, index }) => [id, requests[index]?.parts ?? []]));
  const seats = new Map([...before].map(([id, flight]) => [id, seatsOf(flight)]));
  const load = { planned, accepted: driven.accepted, kills: pace.kills };
  const judged = await judge(await served.current(), load, { parts, seats });
  return { planned, driven, judged, fit: fitMemory(driven.samples) };
}
