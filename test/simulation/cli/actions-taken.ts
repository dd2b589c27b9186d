import { actionKinds, isOutside } from '../refinement/action-kinds.ts';
import type { Tally } from '../report/tally.ts';

/**
 * Says how much of the model the walks went through.
 * @param isWhole whether all walks were made, so that nothing may be missing
 * @returns whether that is all that walks can reach
 */
export async function tellActions({ taken, beyond }: Tally, isWhole: boolean): Promise<boolean> {
  // Walks have more at once than searches with small bounds.
  const kinds = [...new Set([...actionKinds(), ...Object.keys(taken)])];
  const outside = kinds.filter(isOutside);
  const missing = kinds.filter((kind) => taken[kind] === undefined && !isOutside(kind));
  const wrong = outside.filter((kind) => taken[kind] !== undefined);
  console.log(
    `${Object.keys(taken).length} of the model's ${kinds.length} kinds of actions taken, ${outside.length} are outside of the walks (refinement/action-kinds.ts says why); ${beyond} walks had more at once than it has room for`,
  );
  if (!isWhole) return true;
  if (missing.length > 0) console.log(`Never taken, and not outside: ${missing.join(', ')}`);
  if (wrong.length > 0) console.log(`Outside, and taken all the same: ${wrong.join(', ')}`);
  return missing.length + wrong.length === 0;
}
