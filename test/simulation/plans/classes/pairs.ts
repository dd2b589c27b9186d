import { entered } from '../recording.ts';
import { backward, forward, undone } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

/** Faults by which a step fails for good: nothing done, everything done, unknown. */
const failures = ['fail', 'lost', 'hang', 'busy*4', 'late@end'] as const;
const whileUndoing = ['fail', 'lost', 'lost*4', 'repeated', 'twice', 'busy*2', 'slow@end', 'hang'] as const;
const onTheWay = ['repeated', 'slow@CancelBooking', 'twice'] as const;

export const pairs: PlanClass = {
  name: 'pairs',
  about: 'one fault forward and one backward; one that a step survives and one that another does not',
  async *plans(record) {
    for (const state of undone) {
      const backwards = entered(await record(`book ${state}=fail`), 'a', backward);
      for (const failure of failures) {
        for (const undoing of backwards) {
          for (const kind of whileUndoing) yield `book ${state}=${failure} ${undoing}=${kind}`;
        }
      }
    }
    for (const [index, earlier] of undone.entries()) {
      for (const state of forward.slice(index + 1)) {
        for (const kind of onTheWay) {
          yield `book ${earlier}=${kind} ${state}=fail`;
          yield `book ${earlier}=${kind} ${state}=lost`;
        }
      }
    }
  },
};
