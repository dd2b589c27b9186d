import { describe, expect, it } from '@jest/globals';
import { flight } from '#functions/flight/leg.ts';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { cruise } from '#test/support/cruise.ts';
import { type Mutable, problemsOf } from './leg-problems.ts';

const place = allLegs.findIndex(({ name }) => name === flight.name);
/** Where the flight is the first leg, none is there to be copied. */
const describeBetween = place > 0 ? describe : describe.skip;

describeBetween("a leg directly before the flight's", () => {
  const legs = allLegs.toSpliced(place, 0, cruise);
  const { states: before } = (allLegs[place - 1] ?? cruise) as LegRecord;
  const { reserve, confirm, cancel } = cruise.states;

  /** What docs/add-a-leg.md says of a leg that is not the last. */
  const addCruise = ({ States }: Mutable): void => {
    const copyOf = (state: string, name: string, next: string): Mutable => ({
      ...JSON.parse(JSON.stringify(States[state]).replaceAll(state, name)),
      Next: next,
    });
    States[reserve] = copyOf(before.reserve, reserve, 'ReserveSeat');
    States[before.reserve].Next = reserve;
    States[confirm] = copyOf(before.confirm, confirm, 'ConfirmFlight');
    States[before.confirm].Next = confirm;
    States[cancel] = copyOf(before.cancel, cancel, before.cancel);
    for (const catcher of States[cancel].Catch) catcher.Next = before.cancel;
    for (const way of [States.ReleaseSeat, ...States.ReleaseSeat.Catch]) way.Next = cancel;
    const { Choices } = States.PeelBack;
    const ofBefore = Choices.findIndex(({ Variable }: Mutable) => Variable === `$.${before.reserve}Error`);
    Choices.splice(ofBefore, 0, { Variable: `$.${reserve}Error`, IsPresent: true, Next: cancel });
    Choices.find(({ Or }: Mutable) => Or !== undefined).Or.push({ Variable: `$.${confirm}Error`, IsPresent: true });
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
      `Next of ReleaseSeat is ${before.cancel}: in reverse of functions/legs.ts it should be CancelCruise`,
      ({ States }) => {
        States.ReleaseSeat.Next = before.cancel;
      },
    ],
    [
      `Next of Catch 2 of ReleaseSeat is ${before.cancel}: in reverse of functions/legs.ts it should be CancelCruise`,
      ({ States }) => {
        States.ReleaseSeat.Catch[1].Next = before.cancel;
      },
    ],
    [
      `PeelBack: its choice for $.${before.reserve}Error stands before that for $.ReserveCruiseError: the newest layer should come first, in reverse of functions/legs.ts`,
      ({ States }) => {
        const { Choices } = States.PeelBack;
        const at = Choices.findIndex(({ Variable }: Mutable) => Variable === `$.${reserve}Error`);
        Choices.splice(at + 1, 0, ...Choices.splice(at, 1));
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
