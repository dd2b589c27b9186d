/** Domain modules, with the unit tests that have to kill their mutants. What only wires ports together is left to the guards and to the tests above. */
export interface Room {
  readonly name: string;
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
    mutate: ['functions/shared/money/*.ts', ...inFolder('functions/trip', 'prices', 'quote')],
    tests: [
      `${tests}/trip/prices.test.ts`,
      `${tests}/shared/decimal-amount.test.ts`,
      `${tests}/booking/accepting/quote.test.ts`,
    ],
  },
  {
    name: 'keys and names',
    mutate: [
      ...inFolder('schema', 'table', 'execution-names', 'saga-input', 'dead-letter'),
      'functions/shared/saga/derived-ids.ts',
    ],
    tests: [
      'test/unit/schema/*.test.ts',
      `${tests}/shared/derived-ids.test.ts`,
      `${tests}/trip/*.test.ts`,
      `${tests}/booking/redriving/redrive-schema.test.ts`,
    ],
  },
  {
    name: 'steps of a booking',
    mutate: [
      'functions/booking/booking.ts',
      'functions/booking/booking-policy.ts',
      ...inFolder(
        `${booking}/steps`,
        'booking-steps',
        'failure-reason',
        'fence-verdict',
        'refused-header',
        'unwrap-opening',
      ),
      ...inFolder('functions/shared/saga', 'leg', 'fault-injection', 'parse-step-input', 'start-once'),
    ],
    tests: [
      `${tests}/booking/booking-policy.test.ts`,
      `${tests}/booking/steps/*.test.ts`,
      `${tests}/shared/{leg,fault-injection,parse-step-input}.test.ts`,
    ],
  },
  {
    name: 'redrive and reconciler',
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
    ],
    tests: [`${tests}/booking/redriving/*.test.ts`, `${tests}/booking/reconciling/*.test.ts`],
  },
  {
    name: 'seats',
    mutate: inFolder(`${booking}/auditing`, 'seat-audit', 'audit-flight', 'departed'),
    tests: [`${tests}/booking/auditing/*.test.ts`],
  },
  {
    name: 'payment',
    mutate: inFolder('functions/payment', 'payment', 'ledger-gateway', 'charge-limit', 'charge-requests'),
    tests: [
      `${tests}/payment/{payment,ledger-gateway,ledger-balance,payment-gateways,foreign-charges,charge-limit,charge-requests}.test.ts`,
    ],
  },
  {
    name: 'loyalty and notifications',
    mutate: [
      ...inFolder('functions/loyalty', 'loyalty', 'loyalty-account', 'loyalty-batch', 'loyalty-policy'),
      ...inFolder('functions/notification', 'booking-notification', 'told-bookings'),
    ],
    tests: [`${tests}/loyalty/*.test.ts`, `${tests}/notification/*.test.ts`],
  },
];
