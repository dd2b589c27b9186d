import { entered } from '../recording.ts';
import { backward, forward, undone } from '../states.ts';
import type { PlanClass } from './plan-class.ts';
import { undoings } from './singles.ts';

export const late: PlanClass = {
  name: 'late',
  about: 'a time-out whose work is done later: at each later step, after the end, after a rebooking, after all',
  async *plans(record) {
    for (const state of forward) {
      const backwards = entered(await record(`book ${state}=fail`), 'a', backward);
      const afterwards = [...backwards, 'end', 'healed'];
      for (const moment of afterwards) yield `book ${state}=late@${moment}`;
      for (const moment of backwards) {
        for (const layer of backwards) yield `book ${state}=late@${moment} ${layer}=fail`;
      }
      yield `book,book ${state}=late@act2`;
      yield `book,book ${state}=late@b/end`;
      for (const next of forward) {
        yield `book,book ${state}=late@b/${next}`;
        yield `book,book ${state}=late@act2 b/${next}=fail`;
      }
      // The retry works, and the first attempt's work is done while the run goes on, or after it is undone.
      const ahead = forward.slice(forward.indexOf(state) + 1);
      for (const moment of [...ahead, 'end', 'healed']) yield `book ${state}=slow@${moment}`;
      for (const failing of ahead.filter((one) => undone.includes(one))) {
        for (const moment of entered(await record(`book ${failing}=fail`), 'a', backward)) {
          yield `book ${state}=slow@${moment} ${failing}=fail`;
        }
        yield `book,book ${state}=slow@act2 ${failing}=fail`;
      }
      for (const moment of ['a.cancel/RefundPayment', 'a.cancel/CloseBooking', 'act2']) {
        yield `book,cancel ${state}=slow@${moment}`;
      }
    }
    for (const [line, run] of undoings) {
      for (const state of entered(await record(line), run, backward)) {
        for (const moment of [...backward, 'end', 'healed']) {
          yield `${line} ${run}/${state}=slow@${moment}`;
          yield `${line} ${run}/${state}=late@${moment}`;
        }
        const [acts = '', ...faults] = line.split(' ');
        for (const moment of [...forward.map((next) => `b/${next}`), 'b/end', 'healed']) {
          yield [`${acts},book`, ...faults, `${run}/${state}=slow@${moment}`].join(' ');
        }
      }
    }
  },
};
