import type { LegRecord } from '#functions/trip/define-leg.ts';
import { compensationsAfterFailureOf, forwardOrderOf, layersOf } from '../../statemachine/tools/layers.ts';

const file = 'test/support/saga-paths.ts';

/**
 * Compares the paths that the tests spell by hand with the list of legs.
 * @param legs in the order of `functions/legs.ts`
 * @returns one sentence a violation
 */
export function lintPaths(
  legs: readonly LegRecord[],
  forwardPath: readonly string[],
  layersAfterFailureOf: Readonly<Record<string, readonly string[]>>,
): string[] {
  const order = forwardOrderOf(legs);
  const layers = layersOf(legs);
  const allLayers = layersAfterFailureOf.TakePayment;
  const undoing = order.flatMap((state) => {
    const found = layersAfterFailureOf[state];
    if (found === undefined) return [`layersAfterFailureOf does not say what a failed ${state} undoes`];
    // Steps that share the list share its faults.
    if (found === allLayers && state !== 'TakePayment') return [];
    const name = found === allLayers ? 'allLayers' : `what a failed ${state} undoes`;
    return differences(
      name,
      found,
      compensationsAfterFailureOf(order, state, layers),
      'functions/legs.ts, in reverse,',
    );
  });
  return [...differences('forwardPath', forwardPath, ['RouteAction', ...order], 'functions/legs.ts'), ...undoing].map(
    (problem) => `${file}: ${problem}`,
  );
}

/** What is missing, or the first place that differs. */
function differences(name: string, found: readonly string[], expected: readonly string[], source: string): string[] {
  const missing = expected.filter((state) => !found.includes(state));
  if (missing.length > 0) return missing.map((state) => `${name} has no ${state}`);
  const at = found.findIndex((state, index) => state !== expected[index]);
  return at === -1 ? [] : [`${name} has ${found[at]} where ${source} has ${expected[at] ?? 'nothing'}`];
}
