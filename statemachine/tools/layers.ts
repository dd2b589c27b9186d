import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';

export interface Layer {
  readonly forward: string;
  readonly compensation: string;
}

/** Done by the state machine itself, right before the flight's leg; no leg record has it. */
export const seat: Layer = { forward: 'ReserveSeat', compensation: 'ReleaseSeat' };
const payment: Layer = { forward: 'TakePayment', compensation: 'RefundPayment' };

/** Of these legs, the layers in the order in which they are built up: what does it, and what undoes it. */
export const layersOf = (legs: readonly LegRecord[]): readonly Layer[] => [
  ...legs.flatMap(({ source, states }) => {
    const leg = { forward: states.reserve, compensation: states.cancel };
    return source.from === 'flight' ? [seat, leg] : [leg];
  }),
  payment,
];

/** The saga's layers. */
export const layers = layersOf(allLegs);

/** The step whose unknown outcome says nothing of how far an earlier run of the same name got. */
const opening = 'ReserveBooking';

/** The forward states of these legs in order, from the booking to its commit. */
export const forwardOrderOf = (legs: readonly LegRecord[]): readonly string[] => [
  opening,
  ...layersOf(legs).map(({ forward }) => forward),
  ...legs.map(({ states }) => states.confirm),
  'ConfirmBooking',
];

/** The compensations of these legs, newest layer first, and the state in which they end. */
export const backwardOrderOf = (legs: readonly LegRecord[]): readonly string[] => [
  ...layersOf(legs)
    .map(({ compensation }) => compensation)
    .reverse(),
  'CompensationOutcome',
];

/** What has to be undone, newest first, when the forward state fails: all layers up to it, its own included. */
export function compensationsAfterFailureOf(
  forwardOrder: readonly string[],
  failed: string,
  built: readonly Layer[] = layers,
): string[] {
  const reached = failed === opening ? forwardOrder : forwardOrder.slice(0, forwardOrder.indexOf(failed) + 1);
  return built
    .filter((layer) => reached.includes(layer.forward))
    .map((layer) => layer.compensation)
    .reverse();
}
