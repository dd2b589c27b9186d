import { failingStateByRunType } from '#functions/trip/run-types.ts';

/** A kind of run that the model knows. */
export interface Scenario {
  readonly name: string;
  readonly entry: 'demo' | 'api' | 'cancel';
  /** By state, the error that it ends with. */
  readonly fails: Readonly<Record<string, string>>;
  /** Beyond the trip's own fields. */
  readonly input: Readonly<Record<string, unknown>>;
}

const injected = 'InjectedFaultError';

/** The run types, each failing state once: the short names mean the same. */
const booked = Object.entries(failingStateByRunType).filter(
  ([, state], index, all) => all.findIndex(([, other]) => other === state) === index,
);

/** A booking as customers make it: a charge and a booking over the REST API. */
export const byCustomer = 'customer';
export const cancellation = 'cancel';

/** All run types, a booking over the API, and a confirmed booking that its customer cancels (the cancellation alone). */
export const scenarios: readonly Scenario[] = [
  ...booked.map(
    ([name, state]): Scenario => ({
      name,
      entry: 'demo',
      fails: state === undefined ? {} : { [state]: injected },
      input: {},
    }),
  ),
  { name: byCustomer, entry: 'api', fails: {}, input: {} },
  { name: cancellation, entry: 'cancel', fails: {}, input: { action: 'cancel', cause: 'customer' } },
];

/** @throws Error that names what there is */
export function scenarioOf(name: string): Scenario {
  const state = Object.entries(failingStateByRunType).find(([runType]) => runType === name)?.[1];
  const found =
    scenarios.find((one) => one.name === name) ?? scenarios.find(({ fails }) => state !== undefined && state in fails);
  if (found !== undefined) return found;
  throw new Error(`There is no run type "${name}": take one of ${scenarios.map((one) => one.name).join(', ')}`);
}
