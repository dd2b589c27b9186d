import { machine } from '../world/stack.ts';

interface StateOfMachine {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
}

const { States } = machine().definition as { readonly States: Readonly<Record<string, StateOfMachine>> };

/** Tasks from one on, as they follow each other where nothing fails. */
function tasksFrom(first: string): string[] {
  const found: string[] = [];
  for (let name: string | undefined = first; name !== undefined; ) {
    const state: StateOfMachine | undefined = States[name];
    if (state?.Type === 'Task') found.push(name);
    name = state?.Next ?? (name === 'PeelBack' || name === 'CompensationOutcome' ? state?.Default : undefined);
  }
  return found;
}

/** ReserveBooking to NotifyBookingConfirmed. */
export const forward: readonly string[] = tasksFrom('ReserveBooking');
/** CancelBooking to NotifyBookingFailed. */
export const backward: readonly string[] = tasksFrom('CancelBooking');
/** What undoes a layer. */
export const layers: readonly string[] = backward.slice(1, -2);
/** Steps before the commit and the commit itself: what fails there is undone. */
export const undone: readonly string[] = forward.slice(0, -1);
/** All states. */
export const stateNames: readonly string[] = Object.keys(States);

/** `A -> B`, and `A -!> B` where an error was caught. */
export const edges: readonly string[] = [
  ...new Set(
    Object.entries(States).flatMap(([name, { Next, Default, Choices = [], Catch = [] }]) => [
      ...[Next, Default, ...Choices.map((one) => one.Next)].flatMap((to) =>
        to === undefined ? [] : [`${name} -> ${to}`],
      ),
      ...Catch.map((one) => `${name} -!> ${one.Next}`),
    ]),
  ),
];
