/** How many of a hundred mutants have to be killed: more where a fault would leave a booking half made or half undone. */
export const leastPerCent = { saga: 95, domain: 85 } as const;
export type RoomKind = keyof typeof leastPerCent;

/** Domain modules, with the unit tests that have to kill their mutants. What only wires ports together is left to the guards and to the tests above. */
export interface Room {
  readonly name: string;
  readonly kind: RoomKind;
  /** From the project's root. */
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

const inFolder = (folder: string, ...files: string[]): string[] => files.map((file) => `${folder}/${file}.ts`);
const booking = 'functions/booking';
const tests = 'test/unit/functions';

export const rooms: readonly Room[] = [
  {
    name: 'money and prices',
    kind: 'domain',
    mutate: ['functions/shared/money/*.ts', ...inFolder('functions/trip', 'prices', 'quote')],
    tests: [
      `${tests}/trip/prices.test.ts`,
      `${tests}/shared/decimal-amount.test.ts`,
      `${tests}/booking/accepting/quote.test.ts`,
    ],
  },
  {
    name: 'keys of the table',
    kind: 'saga',
    mutate: ['schema/table.ts'],
    tests: ['test/unit/schema/table.test.ts'],
  },
  {
    name: 'names and letters',
    kind: 'saga',
    mutate: inFolder('schema', 'execution-names', 'dead-letter'),
    tests: ['test/unit/schema/{execution-names,dead-letter}.test.ts'],
  },
  {
    name: 'inputs and derived ids',
    kind: 'saga',
    mutate: ['schema/saga-input.ts', 'functions/shared/saga/derived-ids.ts'],
    tests: [`${tests}/trip/{run-input,compensation-input}.test.ts`, `${tests}/shared/derived-ids.test.ts`],
  },
  {
    name: 'bookings and who may see them',
    kind: 'saga',
    mutate: inFolder(booking, 'booking', 'booking-policy'),
    tests: [`${tests}/booking/{booking,booking-policy}.test.ts`],
  },
  {
    name: 'steps of a booking',
    kind: 'saga',
    mutate: [
      ...inFolder(`${booking}/steps`, 'booking-steps', 'failure-reason', 'unwrap-opening'),
      'schema/failure-cause.ts',
      ...inFolder('functions/shared/saga', 'leg', 'fault-injection', 'parse-step-input'),
    ],
    tests: [
      `${tests}/booking/steps/{booking-steps,cancelling-steps,failure-reason,unwrap-opening}.test.ts`,
      `${tests}/shared/{leg,fault-injection,parse-step-input,saga-step}.test.ts`,
    ],
  },
  {
    name: 'fence',
    kind: 'saga',
    mutate: inFolder(`${booking}/steps`, 'fence-verdict', 'refused-header'),
    tests: [`${tests}/booking/steps/{fence-verdict,header-fence,header-store}.test.ts`],
  },
  {
    name: 'redrive and reconciler',
    kind: 'saga',
    mutate: [
      ...inFolder(
        `${booking}/redriving`,
        'redrive',
        'redrive-message',
        'redrive-batch',
        'nothing-to-undo',
        'ended-execution',
        'message-schema',
      ),
      ...inFolder(`${booking}/reconciling`, 'reconcile'),
      'functions/shared/saga/start-once.ts',
    ],
    tests: [
      `${tests}/booking/redriving/{redrive,redrive-message,redrive-batch,redrive-gaps,redrive-schema}.test.ts`,
      `${tests}/booking/reconciling/{reconcile,not-reconciled}.test.ts`,
    ],
  },
  // Not seat-audit-cost: a mutant that costs more is not wrong.
  {
    name: 'seat holds',
    kind: 'saga',
    mutate: inFolder(`${booking}/auditing`, 'audit-flight', 'departed'),
    tests: [`${tests}/booking/auditing/{seat-audit,stopped-audit}.test.ts`],
  },
  {
    name: 'rounds of the seat audit',
    kind: 'saga',
    mutate: inFolder(`${booking}/auditing`, 'seat-audit'),
    tests: [`${tests}/booking/auditing/{seat-audit-rounds,stopped-audit}.test.ts`],
  },
  {
    name: 'payment',
    kind: 'saga',
    mutate: ['functions/payment/payment.ts'],
    tests: [`${tests}/payment/payment.test.ts`],
  },
  {
    name: 'ledger',
    kind: 'saga',
    mutate: ['functions/payment/ledger-gateway.ts'],
    tests: [`${tests}/payment/{ledger-gateway,ledger-races,ledger-voids,foreign-charges}.test.ts`],
  },
  {
    name: 'charges of a customer',
    kind: 'domain',
    mutate: inFolder('functions/payment', 'charge-limit', 'charge-requests'),
    tests: [`${tests}/payment/{charge-limit,charge-requests}.test.ts`],
  },
  {
    name: 'loyalty',
    kind: 'domain',
    mutate: inFolder('functions/loyalty', 'loyalty', 'loyalty-account', 'loyalty-batch', 'loyalty-policy'),
    tests: [`${tests}/loyalty/{credit-loyalty,loyalty-account,loyalty-policy}.test.ts`],
  },
  {
    name: 'notifications',
    kind: 'saga',
    mutate: inFolder('functions/notification', 'booking-notification', 'told-bookings'),
    tests: [`${tests}/notification/*.test.ts`],
  },
];
