import { describe, expect, it } from '@jest/globals';
import { flight } from '#functions/flight/leg.ts';
import { hotel } from '#functions/hotel/leg.ts';
import { allLegs } from '#functions/legs.ts';
import { rental } from '#functions/rental/leg.ts';
import { cruise } from '#test/support/cruise.ts';
import { lintPaths } from '#test/support/lint-paths.ts';
import { forwardPath, layersAfterFailureOf } from '#test/support/saga-paths.ts';

const legs = [hotel, cruise, flight, rental];

const all = [
  'RefundPayment',
  'CancelRentalReservation',
  'CancelFlightReservation',
  'ReleaseSeat',
  'CancelCruise',
  'CancelHotelReservation',
];
/** The path of a cruise between the hotel and the flight. */
const forward = [
  'RouteAction',
  'ReserveBooking',
  'ReserveHotel',
  'ReserveCruise',
  'ReserveSeat',
  'ReserveFlight',
  'ReserveRental',
  'TakePayment',
  'ConfirmHotelBooking',
  'ConfirmCruise',
  'ConfirmFlight',
  'ConfirmRental',
  'ConfirmBooking',
];
const undone: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(forward.slice(1).map((state) => [state, all])),
  ReserveHotel: all.slice(5),
  ReserveCruise: all.slice(4),
  ReserveSeat: all.slice(3),
  ReserveFlight: all.slice(2),
  ReserveRental: all.slice(1),
};

it('finds no problem in the paths, nor in those of a leg in the middle', () => {
  expect(lintPaths(allLegs, forwardPath, layersAfterFailureOf)).toEqual([]);
  expect(lintPaths(legs, forward, undone)).toEqual([]);
});

describe('names the missing or misplaced state', () => {
  const without = (state: string) => forward.filter((name) => name !== state);
  const { ConfirmCruise: _, ...withoutConfirmation } = undone;
  const incomplete = all.filter((name) => name !== 'CancelCruise');
  it.each<[string, readonly string[], Readonly<Record<string, readonly string[]>>]>([
    ['forwardPath has no ReserveCruise', without('ReserveCruise'), undone],
    ['forwardPath has no ReserveSeat', without('ReserveSeat'), undone],
    ['layersAfterFailureOf does not say what a failed ConfirmCruise undoes', forward, withoutConfirmation],
    [
      'allLayers has no CancelCruise',
      forward,
      Object.fromEntries(Object.entries(undone).map(([state, list]) => [state, list === all ? incomplete : list])),
    ],
    [
      'what a failed ReserveFlight undoes has no CancelCruise',
      forward,
      { ...undone, ReserveFlight: ['CancelFlightReservation', 'ReleaseSeat', 'CancelHotelReservation'] },
    ],
    ['what a failed ConfirmBooking undoes has no CancelCruise', forward, { ...undone, ConfirmBooking: incomplete }],
    [
      'forwardPath has ConfirmFlight where functions/legs.ts has ConfirmCruise',
      [...without('ConfirmCruise').slice(0, -2), 'ConfirmCruise', 'ConfirmRental', 'ConfirmBooking'],
      undone,
    ],
    [
      'forwardPath has SailAway where functions/legs.ts has ConfirmBooking',
      [...without('ConfirmBooking'), 'SailAway', 'ConfirmBooking'],
      undone,
    ],
    [
      'what a failed ReserveSeat undoes has CancelCruise where functions/legs.ts, in reverse, has ReleaseSeat',
      forward,
      { ...undone, ReserveSeat: ['CancelCruise', 'ReleaseSeat', 'CancelHotelReservation'] },
    ],
    [
      'what a failed ReserveHotel undoes has CancelCruise where functions/legs.ts, in reverse, has CancelHotelReservation',
      forward,
      { ...undone, ReserveHotel: all.slice(4) },
    ],
    [
      'what a failed ReserveHotel undoes has RefundPayment where functions/legs.ts, in reverse, has nothing',
      forward,
      { ...undone, ReserveHotel: ['CancelHotelReservation', 'RefundPayment'] },
    ],
  ])('%s', (problem, path, lists) => {
    expect(lintPaths(legs, path, lists)).toEqual([`test/support/saga-paths.ts: ${problem}`]);
  });
});
