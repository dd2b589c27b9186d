import type { Patch } from './patch.ts';

/** Takes the rental out of the recorded state machine, so that the rental is to the release of now what a new leg is. */
export const formerWithoutRental: Patch = {
  file: 'test/contract/release/release.ts',
  find: "export const previousAsl = (): string => readFileSync(previousAslFile, 'utf8');",
  replace: `export const previousAsl = (): string => {
  const asl = JSON.parse(
    readFileSync(previousAslFile, 'utf8')
      .replaceAll('"Next": "ReserveRental"', '"Next": "TakePayment"')
      .replaceAll('"Next": "ConfirmRental"', '"Next": "ConfirmBooking"')
      .replaceAll('"Next": "CancelRentalReservation"', '"Next": "CancelFlightReservation"'),
  );
  for (const state of ['ReserveRental', 'ConfirmRental', 'CancelRentalReservation']) delete asl.States[state];
  return JSON.stringify(asl);
};`,
};
