import { reply, type Write } from '#test/model/machine/steps.ts';
import { confirmedAsItIs, itemOwner, money, moneyOf, noItem, writeMoney } from '#test/model/state/holdings.ts';
import { byteOf, paymentAt, type State, tripOf } from '#test/model/state/layout.ts';
import { nameOf, type World } from '#test/model/world.ts';
import { deleteItem, isOpenTo, putItem } from './leg.ts';

/** The gateway's idempotency key. E1 and E2 share one where it does not name the execution. */
export const chargeKey = ({ rules }: World, execution: number): number =>
  execution === 1 && !rules.chargeKeyNamesExecution ? 0 : execution;

/** TakePayment: the item pending, the capture, the item confirmed. */
export function takePayment(world: World, state: State, { part, execution, attached }: Write): number {
  const at = paymentAt + tripOf(execution);
  if (part === 0) {
    if (world.rules.reservesBehindFence && !isOpenTo(state, execution)) return reply.refused;
    return putItem(world, state, at, execution) === reply.refused ? reply.refused : reply.more;
  }
  if (part === 1) {
    const key = chargeKey(world, execution);
    const before = moneyOf(state, key);
    if (before === money.voided) {
      if (attached && isOpenTo(state, execution)) {
        world.violation ??= `the capture of ${nameOf(execution)} is refused although it is being booked: its key is void`;
      }
      return reply.refused;
    }
    // A key that was captured, even refunded since, answers as it did then.
    if (before === money.none) writeMoney(state, key, money.captured);
    return reply.more;
  }
  const item = byteOf(state, at);
  if (item === noItem || itemOwner(item) !== execution) return reply.refused;
  state[at] = confirmedAsItIs(item);
  return reply.done;
}

/** RefundPayment: first the gateway, which refunds what was captured and voids what was not, then the item. */
export function refundPayment(world: World, state: State, { part, execution }: Write): number {
  const callsGateway = part === (world.rules.refundBeforeDelete ? 0 : 1);
  if (callsGateway) {
    const key = chargeKey(world, execution);
    const before = moneyOf(state, key);
    if (before === money.none) writeMoney(state, key, money.voided);
    if (before === money.captured) writeMoney(state, key, money.refunded);
  } else {
    const at = paymentAt + tripOf(execution);
    // Where the item goes first, its absence passes for a payment that is undone.
    if (!world.rules.refundBeforeDelete && byteOf(state, at) === noItem) return reply.done;
    deleteItem(world, state, at, execution);
  }
  return part === 0 ? reply.more : reply.done;
}
