import { cause, step, type Write } from '#test/model/machine/steps.ts';
import { isUnfinished, ownerOf, owns, stands, status, statusOf } from '#test/model/state/header.ts';
import { confirmedItem, itemOwner, money, moneyOf } from '#test/model/state/holdings.ts';
import { byteOf, hotelAt, paymentAt, type State, tripOf } from '#test/model/state/layout.ts';
import { lastTold } from '#test/model/state/memories.ts';

type Judge = (state: State, write: Write) => boolean;

/**
 * Whether a late write can change nothing any more in any continuation. Then it is as good as lost, and the states with
 * and without it are one: a fifth of the states is left, and the ends that can be reached are the same (a test compares
 * them). It follows from the rules, so it holds only while all of them are in force.
 */
export const isSpent: Judge = (state, write) => judges[write.step]?.(state, write) ?? false;

const isReplaced = (state: State, execution: number): boolean =>
  statusOf(state, tripOf(execution)) !== status.none && ownerOf(state, tripOf(execution)) > execution;

/** An UNCONFIRMED header of this execution is gone, and none comes again. */
const isPast = (state: State, execution: number): boolean =>
  isReplaced(state, execution) || (owns(state, execution) && !stands(state, execution, status.unconfirmed));

/** An item of this execution is gone, or never was, and none comes again. */
const isItemPast = (state: State, at: number, execution: number): boolean =>
  isPast(state, execution) && itemOwner(byteOf(state, at)) !== execution;

const isConfirmedOrPast = (state: State, at: number, execution: number): boolean =>
  byteOf(state, at) === confirmedItem(execution) || isItemPast(state, at, execution);

const takePayment: Judge = (state, { part, execution }) => {
  const at = paymentAt + tripOf(execution);
  if (part === 0) return isPast(state, execution);
  const charge = moneyOf(state, execution);
  if (part === 1 && charge === money.voided) return true;
  return !(part === 1 && charge === money.none) && isConfirmedOrPast(state, at, execution);
};

const refundPayment: Judge = (state, { part, execution }) => {
  const charge = moneyOf(state, execution);
  if (part === 0 && (charge === money.none || charge === money.captured)) return false;
  return isItemPast(state, paymentAt + tripOf(execution), execution);
};

const cancelBooking: Judge = (state, { execution, variant }) => {
  if (isReplaced(state, execution)) return true;
  if (stands(state, execution, status.cancelling) || stands(state, execution, status.cancelled)) return true;
  const spares = variant === cause.redrive || variant === cause.own;
  return stands(state, execution, status.confirmed) && spares;
};

const notifyConfirmed: Judge = (state, { execution }) => {
  if (stands(state, execution, status.confirmed)) return !isUnfinished(state, tripOf(execution));
  return isPast(state, execution);
};

const notifyCancelled: Judge = (state, { part, execution }) => {
  const wasTold = part > 0 || lastTold(state, execution) === status.cancelled;
  const isOffTheList = stands(state, execution, status.cancelled) && !isUnfinished(state, tripOf(execution));
  return wasTold && (isReplaced(state, execution) || isOffTheList);
};

const judges: Readonly<Record<number, Judge>> = {
  [step.reserveBooking]: (state, { execution }) => owns(state, execution) || isReplaced(state, execution),
  [step.reserveHotel]: (state, { execution }) =>
    isPast(state, execution) || itemOwner(byteOf(state, hotelAt + tripOf(execution))) === execution,
  [step.takePayment]: takePayment,
  [step.confirmHotel]: (state, { execution }) => isConfirmedOrPast(state, hotelAt + tripOf(execution), execution),
  [step.confirmBooking]: (state, { execution }) => isPast(state, execution),
  [step.notifyConfirmed]: notifyConfirmed,
  [step.cancelBooking]: cancelBooking,
  [step.refundPayment]: refundPayment,
  [step.cancelHotel]: (state, { execution }) => isItemPast(state, hotelAt + tripOf(execution), execution),
  [step.closeBooking]: (state, { execution }) =>
    isReplaced(state, execution) || stands(state, execution, status.cancelled),
  [step.notifyCancelled]: notifyCancelled,
};
