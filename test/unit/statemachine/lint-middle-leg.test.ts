import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { cruise } from '#test/support/cruise.ts';
import { type Mutable, problemsOf } from './leg-problems.ts';

describe('a leg between the hotel and the flight', () => {
  const [hotel, ...later] = allLegs as readonly [LegRecord, ...LegRecord[]];
  const legs = [hotel, cruise, ...later];
  const { reserve, confirm, cancel } = cruise.states;

  /** What docs/add-a-leg.md says of a leg that is not the last. */
  const addCruise = ({ States }: Mutable): void => {
    const copyOf = (state: string, name: string, next: string): Mutable => ({
      ...JSON.parse(JSON.stringify(States[state]).replaceAll(state, name)),
      Next: next,
    });
    States[reserve] = copyOf('ReserveHotel', reserve, 'ReserveSeat');
    States.ReserveHotel.Next = reserve;
    States[confirm] = copyOf('ConfirmHotelBooking', confirm, 'ConfirmFlight');
    States.ConfirmHotelBooking.Next = confirm;
    States[cancel] = copyOf('CancelHotelReservation', cancel, 'CancelHotelReservation');
    for (const catcher of States[cancel].Catch) catcher.Next = 'CancelHotelReservation';
    for (const way of [States.ReleaseSeat, ...States.ReleaseSeat.Catch]) way.Next = cancel;
    States.PeelBack.Choices.push(
      { Variable: `$.${confirm}Error`, IsPresent: true, Next: 'RefundPayment' },
      { Variable: `$.${reserve}Error`, IsPresent: true, Next: cancel },
    );
  };

  it('has no problem where the page was followed', () => {
    expect(problemsOf(addCruise, { legs })).toEqual([]);
  });

  it.each<[string, (machine: Mutable) => void]>([
    [
      'Next of ReserveCruise is ReserveFlight: by the order of functions/legs.ts it should be ReserveSeat',
      ({ States }) => {
        States[reserve].Next = 'ReserveFlight';
      },
    ],
    [
      'Next of ReleaseSeat is CancelHotelReservation: in reverse of functions/legs.ts it should be CancelCruise',
      ({ States }) => {
        States.ReleaseSeat.Next = 'CancelHotelReservation';
      },
    ],
    [
      'Next of Catch 2 of ReleaseSeat is CancelHotelReservation: in reverse of functions/legs.ts it should be CancelCruise',
      ({ States }) => {
        States.ReleaseSeat.Catch[1].Next = 'CancelHotelReservation';
      },
    ],
  ])('%s', (problem, mutate) => {
    const almost = (machine: Mutable): void => {
      addCruise(machine);
      mutate(machine);
    };
    expect(problemsOf(almost, { legs })).toEqual([`statemachine/booking-saga.asl.json: ${problem}`]);
  });
});
