import { closeBooking, confirmBooking, reserveBooking } from '#test/model/actions/booking.ts';
import { cancelBooking } from '#test/model/actions/fence.ts';
import { cancelHotel, confirmHotel, releaseSeat, reserveHotel, reserveSeat } from '#test/model/actions/leg.ts';
import { notifyCancelled, notifyConfirmed } from '#test/model/actions/notification.ts';
import { refundPayment, takePayment } from '#test/model/actions/payment.ts';
import type { State } from '#test/model/state/layout.ts';
import type { World } from '#test/model/world.ts';
import { step, type Write } from './steps.ts';

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
