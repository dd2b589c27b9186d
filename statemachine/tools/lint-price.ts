import type { LegRecord } from '#functions/trip/define-leg.ts';

const rule = 'a price is of whole units, and not negative';

const isWhole = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0;

/** By what the price says, and by what the demo's trip costs: the functions that make prices keep their figures. */
export function priceProblems({ source, demo }: LegRecord): string[] {
  if (source.from !== 'request') return [];
  const { price } = source;
  if (price.said === '') return ['source.price.said is empty'];
  const amounts = price.said.match(/-?\d+(\.\d+)?/g) ?? [];
  if (!amounts.every((amount) => isWhole(Number(amount)))) return [`source.price is "${price.said}": ${rule}`];
  try {
    const cost = price.of(demo);
    if (typeof cost !== 'number')
      return [`source.price refuses the demo's trip: ${cost.field} ${cost.rule((field) => field)}`];
    return isWhole(cost) ? [] : [`source.price makes ${cost} of the demo's trip: ${rule}`];
  } catch (error) {
    return [`source.price fails for the demo's trip: ${(error as Error).message}`];
  }
}
