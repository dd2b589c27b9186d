import { undone } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

export const charges: PlanClass = {
  name: 'charges',
  about: 'charges that pay for another booking, are of another customer, amount or currency, or not authorized yet',
  *plans() {
    for (const odd of ['rebook', 'shared', 'stolen', 'short', 'foreign', 'unpaid']) {
      yield `${odd === 'rebook' || odd === 'shared' || odd === 'stolen' ? 'book,' : ''}${odd}`;
      yield `book,${odd}`;
      yield `book,cancel,${odd}`;
      for (const state of undone) yield `book,${odd} ${state}=fail`;
    }
    for (const odd of ['rebook', 'shared', 'stolen']) {
      yield `book,${odd},cancel`;
      for (const state of undone) {
        yield `book+${odd}@a/${state}`;
        yield `book+${odd}@a/${state} b/ReserveBooking=fail`;
        yield `book+${odd}@a/${state} b/TakePayment=lost`;
      }
    }
    for (const odd of ['shared', 'stolen']) {
      for (const moment of ['b/TakePayment', 'b/end']) {
        for (const kind of ['held', 'slow', 'late']) {
          yield `book+${odd}@a/ReserveHotel TakePayment=${kind}@${moment}`;
          for (const failing of ['TakePayment', 'ConfirmBooking']) {
            yield `book+${odd}@a/ReserveHotel ${failing}=fail RefundPayment=${kind}@${moment}`;
          }
        }
        for (const kind of ['slow', 'late']) {
          for (const nth of [1, 2])
            yield `book+${odd}@a/ReserveHotel TakePayment=fail RefundPayment.UpdateItem#${nth}=${kind}@${moment}`;
        }
      }
    }
    yield 'unpaid,charge';
    for (const call of ['TakePayment.UpdateItem#1', 'RefundPayment.UpdateItem#1', 'RefundPayment.UpdateItem#2']) {
      for (const moment of ['a/CloseBooking', 'act2', 'healed']) {
        for (const kind of ['slow', 'late']) yield `unpaid,charge ${call}=${kind}@${moment}`;
      }
    }
    for (const state of ['TakePayment', 'RefundPayment', 'CloseBooking']) yield `unpaid+charge@a/${state}`;
  },
  searches: [{ line: 'unpaid+charge@a/RefundPayment', mostOrders: 60 }],
};
