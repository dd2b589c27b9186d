import { type Leg, legs } from '#functions/legs.ts';
import { type LegVerb, legVerbs } from '#functions/trip/define-leg.ts';
import { type FunctionNeeds, notify, ordinary, type SagaFunctionDefinition } from './definition.ts';
import { type KebabCase, kebabCase } from './names.ts';

const step = { ...ordinary, role: 'step' } as const;

const confirm = { table: { trip: ['UpdateItem'] } } as const;
/** Writes a header. Where it replaces that of a cancelled booking, it also tells that this one is cancelled. */
const opens = { table: { trip: ['PutItem'] }, bookingTopic: 'publish' } as const;

/** What each step of any leg needs. */
const legNeeds: Readonly<Record<LegVerb, FunctionNeeds>> = {
  reserve: { table: { trip: ['ConditionCheckItem', 'PutItem'] } },
  confirm,
  cancel: { table: { trip: ['DeleteItem'] } },
};

type LegFunction = SagaFunctionDefinition & { readonly name: KebabCase<Leg['states'][LegVerb]> };

const legSteps: readonly LegFunction[] = legs.flatMap((leg) =>
  legVerbs.map((verb) => ({
    ...step,
    room: leg.name,
    name: kebabCase(leg.states[verb]),
    legStep: { leg: leg.name, verb },
    needs: legNeeds[verb],
  })),
);

/** What the state machine calls. */
export const stepFunctions = [
  { ...step, room: 'booking/steps', name: 'reserve-booking', needs: opens },
  { ...step, room: 'booking/steps', name: 'confirm-booking', needs: confirm },
  { ...step, room: 'booking/steps', name: 'close-booking', needs: { table: { trip: ['UpdateItem', 'Query'] } } },
  {
    ...step,
    room: 'booking/steps',
    name: 'cancel-booking',
    needs: { ...opens, table: { trip: ['PutItem', 'UpdateItem'], flight: ['GetItem'] } },
  },
  ...legSteps,
  {
    ...step,
    room: 'payment',
    name: 'take-payment',
    needs: { table: { trip: ['ConditionCheckItem', 'PutItem', 'UpdateItem'] }, ledger: { charge: ['UpdateItem'] } },
  },
  {
    ...step,
    room: 'payment',
    name: 'refund-payment',
    needs: { table: { trip: ['DeleteItem'] }, ledger: { charge: ['UpdateItem'] } },
  },
  { ...step, room: 'notification', name: 'notify-booking-confirmed', needs: notify },
  { ...step, room: 'notification', name: 'notify-booking-failed', needs: notify },
] as const satisfies readonly SagaFunctionDefinition[];
