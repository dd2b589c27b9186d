/** Words, tones and icons of what the table's items say of themselves. */
import type { SeatState } from './data.ts';
import { lookIn, type StatusLook } from './status.ts';

const looks: Readonly<Record<string, StatusLook>> = {
  CONFIRMED: { word: 'Confirmed', tone: 'good', icon: 'check' },
  UNCONFIRMED: { word: 'Unconfirmed', tone: 'busy', icon: 'spin' },
  CANCELLING: { word: 'Cancelling', tone: 'warn', icon: 'undo' },
  CANCELLED: { word: 'Cancelled', tone: 'idle', icon: 'cross' },
  pending: { word: 'Reserved', tone: 'busy', icon: 'clock' },
  confirmed: { word: 'Confirmed', tone: 'good', icon: 'check' },
  authorized: { word: 'Authorized', tone: 'busy', icon: 'clock' },
  captured: { word: 'Captured', tone: 'good', icon: 'check' },
  refunded: { word: 'Refunded', tone: 'warn', icon: 'undo' },
  voided: { word: 'Voided', tone: 'idle', icon: 'cross' },
  earned: { word: 'Earned', tone: 'good', icon: 'check' },
  taken_back: { word: 'Taken back', tone: 'warn', icon: 'undo' },
  never_earned: { word: 'Never earned', tone: 'idle', icon: 'cross' },
};

export const itemLook = (status: string): StatusLook => lookIn(looks, status);

export const seatLooks: Readonly<Record<SeatState, StatusLook>> = {
  sold: { word: 'Sold', tone: 'good', icon: 'check' },
  held: { word: 'Held', tone: 'busy', icon: 'clock' },
  lost: { word: 'Left over', tone: 'bad', icon: 'cross' },
  free: { word: 'Free', tone: 'idle', icon: 'dot' },
};
