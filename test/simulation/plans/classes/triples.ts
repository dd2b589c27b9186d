import { entered } from '../recording.ts';
import { layers, undone } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

export const triples: PlanClass = {
  name: 'triples',
  about: 'three faults that end in a dead letter: two layers that fail, or one and its redrive',
  async *plans(record) {
    for (const state of undone) {
      const ways = entered(await record(`book ${state}=fail`), 'a', layers);
      for (const failure of ['fail', 'lost'] as const) {
        for (const [index, one] of ways.entries()) {
          for (const other of ways.slice(index + 1)) {
            for (const kind of ['fail', 'lost*4'] as const) {
              yield `book ${state}=${failure} ${one}=fail ${other}=${kind}`;
              yield `book ${state}=${failure} ${one}=lost*4 ${other}=${kind}`;
            }
          }
          for (const again of layers) yield `book ${state}=${failure} ${one}=fail a.rr-1/${again}=fail`;
          for (const tail of ['CloseBooking', 'NotifyBookingFailed']) {
            yield `book ${state}=${failure} ${one}=fail a.rr-1/${tail}=fail`;
          }
        }
      }
    }
  },
};
