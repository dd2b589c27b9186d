import { perform } from '../actions/perform.ts';
import { branchOf } from '../branch.ts';
import { continueLateWrite, dropLateWrite, lateCode, lateWrite } from '../late-writes.ts';
import { lateWriteCount, type State } from '../layout.ts';
import { reply } from '../steps.ts';
import { type Emit, nameOf, type World } from '../world.ts';
import { describeWrite } from './running-steps.ts';

/** What is in flight lands at any time, or never. */
export function lateWritesLand(world: World, state: State, emit: Emit): void {
  for (let slot = 0; slot < lateWriteCount; slot++) {
    const write = lateWrite(state, slot);
    // Two of a kind do the same.
    if (write === undefined || (slot > 0 && lateCode(state, slot) === lateCode(state, slot - 1))) continue;
    const label = (what: string) => () => `late ${describeWrite(write)} of ${nameOf(write.execution)} ${what}`;
    const landed = branchOf(state);
    const answer = perform(world, landed, write);
    if (answer === reply.more) continueLateWrite(landed, slot, write);
    else dropLateWrite(landed, slot);
    emit(landed, label(answer === reply.refused ? 'is refused' : 'lands'));
    const lost = branchOf(state);
    dropLateWrite(lost, slot);
    emit(lost, label('is lost'));
  }
}
