import type { LateKind } from '#test/model/action.ts';
import { perform } from '#test/model/machine/perform.ts';
import { describeWrite } from '#test/model/machine/running-steps.ts';
import { reply } from '#test/model/machine/steps.ts';
import { branchOf } from '#test/model/state/branch.ts';
import { continueLateWrite, dropLateWrite, lateCode, lateWrite } from '#test/model/state/late-writes.ts';
import { lateWriteCount, type State } from '#test/model/state/layout.ts';
import { type Emit, nameOf, type World } from '#test/model/world.ts';

/** A write in flight lands at any time, or never. */
export function lateWritesLand(world: World, state: State, emit: Emit): void {
  for (let slot = 0; slot < lateWriteCount; slot++) {
    const write = lateWrite(state, slot);
    // Two of a kind do the same.
    if (write === undefined || (slot > 0 && lateCode(state, slot) === lateCode(state, slot - 1))) continue;
    const label = (kind: LateKind, what: string) => () => ({
      ...{ kind, write },
      says: `late ${describeWrite(write)} of ${nameOf(write.execution)} ${what}`,
    });
    const landed = branchOf(state);
    const answer = perform(world, landed, write);
    if (answer === reply.more) continueLateWrite(landed, slot, write);
    else dropLateWrite(landed, slot);
    emit(landed, answer === reply.refused ? label('refused late', 'is refused') : label('landed', 'lands'));
    const lost = branchOf(state);
    dropLateWrite(lost, slot);
    emit(lost, label('never landed', 'is lost'));
  }
}
