import type { State } from '../layout.ts';
import { step, type Write } from '../steps.ts';
import type { World } from '../world.ts';
import { closeBooking, confirmBooking, reserveBooking } from './booking.ts';
import { cancelBooking } from './fence.ts';
import { cancelHotel, confirmHotel, releaseSeat, reserveHotel, reserveSeat } from './leg.ts';
import { notifyCancelled, notifyConfirmed } from './notification.ts';
import { refundPayment, takePayment } from './payment.ts';

type Action = (world: World, state: State, write: Write) => number;

const actions: Readonly<Record<number, Action>> = {
  [step.reserveBooking]: reserveBooking,
  [step.reserveHotel]: reserveHotel,
  [step.reserveSeat]: reserveSeat,
  [step.takePayment]: takePayment,
  [step.confirmHotel]: confirmHotel,
  [step.confirmBooking]: confirmBooking,
  [step.notifyConfirmed]: notifyConfirmed,
  [step.cancelBooking]: cancelBooking,
  [step.refundPayment]: refundPayment,
  [step.releaseSeat]: releaseSeat,
  [step.cancelHotel]: cancelHotel,
  [step.closeBooking]: closeBooking,
  [step.notifyCancelled]: notifyCancelled,
  [step.releaseOrphan]: releaseSeat,
};

/** Does a step's write, or a late one. @returns a `reply` */
export function perform(world: World, state: State, write: Write): number {
  const action = actions[write.step];
  if (action === undefined) throw new Error(`No action for step ${write.step}`);
  return action(world, state, write);
}
