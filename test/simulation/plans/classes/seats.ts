import { backward, forward } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

/** Two trips and one seat; the second is refused it, or takes what the first one gives back. */
const lines = [
  'book,other',
  'book+other',
  'book,cancel,other',
  'book,other,cancel,other',
  'book,cancel+other',
] as const;

export const seats: PlanClass = {
  name: 'seats',
  about: 'the last seat for two trips, taken late, given back late; a flight that does not exist',
  *plans() {
    for (const acts of lines) {
      yield `${acts} seats=1`;
      for (const moment of ['b/ReserveSeat', 'b/ReserveFlight', 'b/end', 'healed']) {
        for (const kind of ['late', 'slow']) yield `${acts} ReserveSeat=${kind}@${moment} seats=1`;
        yield `${acts} TakePayment=fail ReleaseSeat=slow@${moment} seats=1`;
      }
      for (const kind of ['repeated', 'twice', 'beside', 'lost']) yield `${acts} ReserveSeat=${kind} seats=1`;
    }
    for (const acts of ['nowhere', 'nowhere,book', 'book,nowhere', 'nowhere,cancel', 'nowhere,book,cancel']) yield acts;
    for (const state of forward.slice(0, 3)) yield `nowhere ${state}=lost`;
    for (const state of backward) yield `nowhere ${state}=lost`;
  },
};
