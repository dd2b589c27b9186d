import type { StateMachine } from '../../../statemachine/tools/asl.ts';
import { original } from './walk.ts';

/** Reads a file of the copy. */
type Read = (file: string) => string;

const asl = 'statemachine/booking-saga.asl.json';

const aslWithoutState =
  (name: string, before: string, after: string) =>
  (inCopy: Read): string => {
    const machine = JSON.parse(inCopy(asl)) as { States: Record<string, Record<string, unknown>> };
    machine.States[before] = { ...machine.States[before], Next: after };
    delete machine.States[name];
    return JSON.stringify(machine);
  };

const aslWithoutChoice =
  (variable: string) =>
  (inCopy: Read): string => {
    const machine = JSON.parse(inCopy(asl)) as StateMachine;
    const choices = (machine.States.PeelBack?.Choices ?? [])
      .filter(({ Variable }) => Variable !== variable)
      .map((rule) => (rule.Or ? { ...rule, Or: rule.Or.filter(({ Variable }) => Variable !== variable) } : rule));
    return JSON.stringify({
      ...machine,
      States: { ...machine.States, PeelBack: { ...machine.States.PeelBack, Choices: choices } },
    });
  };

/** The record with another text in it. */
const recordWith =
  (text: string, instead: string) =>
  (inCopy: Read): string => {
    const record = inCopy('functions/insurance/leg.ts');
    if (!record.includes(text)) throw new Error(`The record has no ${text}`);
    return record.replace(text, instead);
  };

/** What is left out, the script of `npm run check` that says so, the file without it, and what the script says. */
export const leftOut: readonly [string, string, string, (inCopy: Read) => string | undefined, string][] = [
  [
    'the record',
    'lint:asl',
    'functions/insurance/leg.ts',
    () => undefined,
    "functions/legs.ts: cannot be loaded: Cannot find module 'functions/insurance/leg.ts'",
  ],
  [
    'a property of the record',
    'lint:asl',
    'functions/insurance/leg.ts',
    recordWith("identity: ['insurer', 'insured_from'],", ''),
    'functions/insurance/leg.ts: identity is missing',
  ],
  [
    'a property of the record, where the stack is made of it',
    'cost:record',
    'functions/insurance/leg.ts',
    recordWith("confirm: '", "confrim: '"),
    'Synth failed: functions/insurance/leg.ts: states.confirm is missing',
  ],
  [
    'a field of the record, where its price is misspelt',
    'lint:asl',
    'functions/insurance/leg.ts',
    recordWith("from: 'insured_from'", "from: 'insured_form'"),
    'functions/insurance/leg.ts: source.price takes insured_form, which is none of its fields: insurer, insured_from, insured_to',
  ],
  [
    'a name that the record uses',
    'lint:asl',
    'functions/insurance/leg.ts',
    recordWith("import { perStartedDay } from '#functions/trip/prices.ts';", ''),
    'cannot be loaded: perStartedDay is not defined',
  ],
  [
    'the export of the record',
    'lint:asl',
    'functions/insurance/leg.ts',
    recordWith('export const insurance', 'export const cover'),
    'functions/insurance/leg.ts: exports "cover": its record has to be exported as "insurance", as the folder is',
  ],
  [
    'the entry in the list',
    'lint:asl',
    'functions/legs.ts',
    () => original('functions/legs.ts'),
    'functions/insurance/leg.ts: the leg insurance is not in the list of functions/legs.ts',
  ],
  [
    'the reservation',
    'lint:asl',
    asl,
    aslWithoutState('ReserveInsurance', 'ReserveRental', 'TakePayment'),
    `${asl}: has no state ReserveInsurance, which functions/insurance/leg.ts names to reserve the insurance`,
  ],
  [
    'the confirmation',
    'lint:asl',
    asl,
    aslWithoutState('ConfirmInsurance', 'ConfirmRental', 'ConfirmBooking'),
    `${asl}: has no state ConfirmInsurance, which functions/insurance/leg.ts names to confirm the insurance`,
  ],
  [
    'the cancellation',
    'lint:asl',
    asl,
    aslWithoutState('CancelInsuranceReservation', 'RefundPayment', 'CancelRentalReservation'),
    `${asl}: has no state CancelInsuranceReservation, which functions/insurance/leg.ts names to cancel the insurance`,
  ],
  [
    'the choice for a failed reservation',
    'lint:asl',
    asl,
    aslWithoutChoice('$.ReserveInsuranceError'),
    'PeelBack: has no choice for $.ReserveInsuranceError',
  ],
  [
    'the choice for a failed confirmation',
    'lint:asl',
    asl,
    aslWithoutChoice('$.ConfirmInsuranceError'),
    'PeelBack: has no choice for $.ConfirmInsuranceError',
  ],
  [
    'the path that the tests spell by hand',
    'lint:tests',
    'test/support/saga-paths.ts',
    () => original('test/support/saga-paths.ts'),
    'test/support/saga-paths.ts: forwardPath has no ReserveInsurance',
  ],
  [
    'the recorded end states',
    'lint:tests',
    'test/e2e/end-states.json',
    () => original('test/e2e/end-states.json'),
    'test/e2e/end-states.json: has no end state of run type failInsurance',
  ],
  [
    'the generated documents',
    'lint:docs',
    'schema/openapi.json',
    () => original('schema/openapi.json'),
    'schema/openapi.json is not what the code says: npm run docs writes it',
  ],
];
