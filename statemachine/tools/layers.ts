import { allLegs } from '#functions/legs.ts';

export interface Layer {
  readonly forward: string;
  readonly compensation: string;
}

/** Done by the state machine itself, right before the flight's leg; no leg record has it. */
const seat: Layer = { forward: 'ReserveSeat', compensation: 'ReleaseSeat' };
const payment: Layer = { forward: 'TakePayment', compensation: 'RefundPayment' };

/** The saga's layers in the order in which they are built up: what does it, and what undoes it. */
export const layers: readonly Layer[] = [
  ...allLegs.flatMap(({ source, states }) => {
    const leg = { forward: states.reserve, compensation: states.cancel };
    return source.from === 'flight' ? [seat, leg] : [leg];
  }),
  payment,
];

/** The step whose unknown outcome says nothing of how far an earlier run of the same name got. */
const opening = 'ReserveBooking';

/** What has to be undone, newest first, when the forward state fails: all layers up to it, its own included. */
export function compensationsAfterFailureOf(forwardOrder: readonly string[], failed: string): string[] {
  const reached = failed === opening ? forwardOrder : forwardOrder.slice(0, forwardOrder.indexOf(failed) + 1);
  return layers
    .filter((layer) => reached.includes(layer.forward))
    .map((layer) => layer.compensation)
    .reverse();
}
