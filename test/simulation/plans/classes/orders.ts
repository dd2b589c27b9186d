import type { PlanClass } from './plan-class.ts';

/** Of one search. */
const mostOrders = 400;

/** Two and three at once, on one trip and for one seat. */
const lines = [
  'book+book',
  'book+other seats=1',
  'book+cancel',
  'post+post',
  'book,cancel+book',
  'book,cancel+cancel',
  'book,cancel+undo',
  'book,cancel+undo-customer',
  'book+cancel run=stop@ConfirmBooking',
  'book+book run=stop@TakePayment',
  'book+book TakePayment=fail',
  'book+book TakePayment=fail RefundPayment=fail',
  'book+book ReserveBooking=slow@end',
  'book,undo+book TakePayment=fail RefundPayment=fail',
  'book,letters-twice+cancel NotifyBookingConfirmed=fail',
  'book,letters-twice+undo TakePayment=fail RefundPayment=fail',
  'book,wait,cancel+reconcile run=stop@ConfirmBooking event=lost',
  'book,wait,reconcile+book run=stop@TakePayment event=lost',
  'book,wait,reconcile+reconcile run=stop@TakePayment event=lost',
  'book,wait,audit+book TakePayment=fail RefundPayment=fail',
  'book+audit',
  'book,undo-customer+undo+book',
  'book+other+audit seats=1',
  'book+book+book seats=1',
  'book+other+cancel seats=1',
  'book,cancel+book+audit seats=1',
  'post,cancel+post+cancel',
] as const;

/** Of each search that is much like others. */
const fewOrders = 100;

const alike = [
  'process+process',
  'process,cancel,process+process',
  'book+release+cancel',
  'book,redrive-execution+book run=stop@TakePayment event=lost',
  'book,wait,redrive-execution+reconcile run=stop@TakePayment event=lost',
] as const;

export const orders: PlanClass = {
  name: 'orders',
  about: 'runs beside each other, in every order of their calls, to a fixed point or as many orders as time allows',
  plans: () => [],
  searches: [...lines.map((line) => ({ line, mostOrders })), ...alike.map((line) => ({ line, mostOrders: fewOrders }))],
};
