import { type Leg, legs } from '#functions/legs.ts';

type LegRunTypes = { readonly [Of in Leg as `fail${Of['runTypeStem']}Reservation`]: Of['states']['reserve'] } & {
  readonly [Of in Leg as `fail${Of['runTypeStem']}Confirmation`]: Of['states']['confirm'];
};
type ShortRunTypes = { readonly [Of in Leg as `fail${Of['runTypeStem']}`]: Of['states']['reserve'] };

const legRunTypes = Object.fromEntries(
  legs.flatMap(({ runTypeStem, states }) => [
    [`fail${runTypeStem}Reservation`, states.reserve],
    [`fail${runTypeStem}Confirmation`, states.confirm],
  ]),
) as LegRunTypes;

const shortRunTypes = Object.fromEntries(
  legs.map(({ runTypeStem, states }) => [`fail${runTypeStem}`, states.reserve]),
) as ShortRunTypes;

/** Those that belong to no leg. */
const sagaRunTypes = {
  failPayment: 'TakePayment',
  failBookingConfirmation: 'ConfirmBooking',
  failNotification: 'NotifyBookingConfirmed',
} as const;

/** No leg may make one of these. */
export const ownRunTypes: readonly string[] = ['success', ...Object.keys(sagaRunTypes)];

/** The run types that a leg makes. */
export const runTypesOf = (stem: string): readonly string[] => [
  `fail${stem}`,
  `fail${stem}Reservation`,
  `fail${stem}Confirmation`,
];

/**
 * The demo's run types: what a caller may ask to go wrong. Each names the one state that fails.
 * The short forms are the seed example's and mean the reservation.
 */
export const failingStateByRunType = {
  success: undefined,
  ...legRunTypes,
  ...sagaRunTypes,
  ...shortRunTypes,
} as const;

export type RunType = keyof typeof failingStateByRunType;

export const runTypes = Object.keys(failingStateByRunType) as readonly RunType[];

export function isRunType(value: string | undefined): value is RunType {
  return value !== undefined && Object.hasOwn(failingStateByRunType, value);
}

/** Compensations that the seed example lets fail at random; the seat's, which has no function, can't. */
export const statesFailingAtRandom: ReadonlySet<string> = new Set([
  'RefundPayment',
  ...legs.map(({ states }) => states.cancel),
]);
