import { type HttpRoutes, httpRoutes } from '#schema/http/routes.ts';
import type { indexes, PartitionKind } from '#schema/table.ts';

export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/**
 * Actions on the table's items by the kind of partition that they are for. No Scan, which names no partition. The keys of
 * one request have to be of one kind.
 */
export type TableAccess = Partial<Record<PartitionKind, readonly TableAction[]>>;

/** What a function may do and has to know; each need grants least and sets its environment variable. */
export interface FunctionNeeds {
  /** Sets `TABLE_NAME`. */
  readonly table?: TableAccess;
  /** Actions on single indexes, by their key in `indexes`. */
  readonly indexes?: Partial<Record<keyof typeof indexes, readonly ('Query' | 'Scan')[]>>;
  /** Moves money: access to the built-in ledger, or, on stages that pay through Stripe, its secret key. */
  readonly ledger?: TableAccess;
  /** Publish on the booking topic; sets `BOOKING_TOPIC_ARN`. */
  readonly bookingTopic?: 'publish';
  /** Start executions, or also describe them, or also read what happened in them; sets `STATE_MACHINE_ARN`. */
  readonly stateMachine?: 'start' | 'start-and-describe' | 'start-and-history';
  /** Receive from the redrive queue and put back with a delay; sets `REDRIVE_QUEUE_URL` and `REDRIVE_DELAY_SECONDS`. */
  readonly redriveQueue?: 'consume-and-send';
  /** Receive from the loyalty queue. */
  readonly loyaltyQueue?: 'consume';
  /** Send dead letters; sets `DEAD_LETTER_QUEUE_URL`. */
  readonly deadLetterQueue?: 'send';
  /** Counts a customer's charges; sets `CHARGES_PER_MINUTE`. */
  readonly limitsCharges?: true;
  /** A compensation that the seed example lets fail at random: sets `CANCEL_FAILURE_RATE` on stages with faults. */
  readonly failsAtRandom?: true;
}

export interface SagaFunctionDefinition extends Partial<HttpRoutes> {
  readonly name: string;
  /** Folder of its handler below `functions/`. */
  readonly room: string;
  /** `step` functions are those that the state machine invokes; they have the tighter bundle budget. */
  readonly role: 'step' | 'api' | 'background';
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly needs: FunctionNeeds;
  /** Exists only on stages with `demoRoutes`. */
  readonly demoOnly?: true;
  /**
   * A step that the state machine of the release before names, and that of this one does not: it stays for sagas that are under
   * way and goes with the next release. Tests hold both (`test/contract/release`).
   */
  readonly retired?: true;
}

const ordinary = { timeoutSeconds: 10, memoryMegabytes: 512 } as const;
const step = { ...ordinary, role: 'step' } as const;

const reserve = { table: { trip: ['ConditionCheckItem', 'PutItem'] } } as const;
const confirm = { table: { trip: ['UpdateItem'] } } as const;
const cancel = { table: { trip: ['DeleteItem'] }, failsAtRandom: true } as const;
/** Accepts bookings: what a customer's key stands for, and what stands for a booking until it has a header. */
const accepts = { idempotency: ['GetItem', 'PutItem'], request: ['GetItem', 'PutItem'] } as const;
/** Writes a header, and tells that the cancelled booking is cancelled whose place it takes. */
const opens = { table: { trip: ['PutItem'] }, bookingTopic: 'publish' } as const;
/** Reads what the header still says, and takes the booking off the list of the unfinished ones once it is told. */
const notify = { table: { trip: ['GetItem', 'UpdateItem'] }, bookingTopic: 'publish' } as const;

/** Every function of the service: bundles, roles, log groups, alarms, routes and ASL substitutions all come from here. */
export const sagaFunctions = [
  { ...step, room: 'booking/steps', name: 'reserve-booking', needs: opens },
  { ...step, room: 'booking/steps', name: 'confirm-booking', needs: confirm },
  { ...step, room: 'booking/steps', name: 'close-booking', needs: { table: { trip: ['UpdateItem', 'Query'] } } },
  {
    ...step,
    room: 'booking/steps',
    name: 'cancel-booking',
    needs: { ...opens, table: { trip: ['PutItem', 'UpdateItem'], flight: ['GetItem'] } },
  },
  { ...step, room: 'hotel', name: 'reserve-hotel', needs: reserve },
  { ...step, room: 'hotel', name: 'confirm-hotel-booking', needs: confirm },
  { ...step, room: 'hotel', name: 'cancel-hotel-reservation', needs: cancel },
  { ...step, room: 'flight', name: 'reserve-flight', needs: reserve },
  { ...step, room: 'flight', name: 'confirm-flight', needs: confirm },
  { ...step, room: 'flight', name: 'cancel-flight-reservation', needs: cancel },
  { ...step, room: 'rental', name: 'reserve-rental', needs: reserve },
  { ...step, room: 'rental', name: 'confirm-rental', needs: confirm },
  { ...step, room: 'rental', name: 'cancel-rental-reservation', needs: cancel },
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
    needs: { table: { trip: ['DeleteItem'] }, ledger: { charge: ['UpdateItem'] }, failsAtRandom: true },
  },
  { ...step, room: 'notification', name: 'notify-booking-confirmed', needs: notify },
  { ...step, room: 'notification', name: 'notify-booking-failed', needs: notify },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'start-booking',
    ...httpRoutes['start-booking'],
    demoOnly: true,
    needs: { stateMachine: 'start', ledger: { charge: ['PutItem'] } },
  },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'health',
    ...httpRoutes.health,
    needs: {},
  },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'bookings',
    ...httpRoutes.bookings,
    needs: {
      table: { trip: ['GetItem', 'Query', 'UpdateItem'], flight: ['GetItem'], ...accepts },
      indexes: { byCustomerStatus: ['Query'] },
      stateMachine: 'start-and-history',
    },
  },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'flights',
    ...httpRoutes.flights,
    needs: { indexes: { byDepartureSchedule: ['Query'] } },
  },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'graphql',
    ...httpRoutes.graphql,
    needs: {
      table: {
        trip: ['GetItem', 'Query', 'UpdateItem'],
        flight: ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'],
        loyalty: ['GetItem'],
        ...accepts,
      },
      indexes: { byCustomerStatus: ['Query', 'Scan'], byDepartureSchedule: ['Query', 'Scan'] },
      stateMachine: 'start',
    },
  },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'openapi',
    ...httpRoutes.openapi,
    needs: {},
  },
  {
    ...ordinary,
    role: 'background',
    room: 'booking/redriving',
    name: 'redrive-booking',
    needs: {
      stateMachine: 'start-and-describe',
      redriveQueue: 'consume-and-send',
      deadLetterQueue: 'send',
      // The messages of dead letters that are moved back.
      ...notify,
    },
  },
  {
    ...ordinary,
    role: 'background',
    room: 'booking/reconciling',
    name: 'reconcile-bookings',
    // It goes through all that is unfinished, so it gets more time than a step.
    timeoutSeconds: 60,
    needs: {
      // A header, and the parts of a booking whose header does not keep its run's input.
      table: { trip: ['GetItem', 'Query'] },
      indexes: { byUnfinished: ['Query'] },
      stateMachine: 'start',
    },
  },
  {
    ...ordinary,
    role: 'background',
    room: 'booking/auditing',
    name: 'audit-seat-holds',
    // It goes through all flights that are sold, as far as it comes.
    timeoutSeconds: 300,
    needs: {
      table: { audit: ['GetItem', 'PutItem'], flight: ['GetItem', 'UpdateItem'], trip: ['BatchGetItem'] },
      // The catalog once, for the flights of an older release.
      indexes: { bySeatAudit: ['Query'], byDepartureSchedule: ['Scan'] },
    },
  },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'create-charge',
    ...httpRoutes['create-charge'],
    needs: {
      table: { rate: ['PutItem', 'UpdateItem'] },
      ledger: { charge: ['PutItem'], idempotency: ['PutItem'] },
      limitsCharges: true,
    },
  },
  {
    ...ordinary,
    role: 'api',
    room: 'api',
    name: 'get-loyalty',
    ...httpRoutes['get-loyalty'],
    needs: { table: { loyalty: ['GetItem'] } },
  },
  {
    ...ordinary,
    role: 'background',
    room: 'loyalty',
    name: 'credit-loyalty',
    needs: { table: { loyalty: ['PutItem', 'UpdateItem'] }, loyaltyQueue: 'consume' },
  },
] as const satisfies readonly SagaFunctionDefinition[];

export type FunctionName = (typeof sagaFunctions)[number]['name'];

/** The functions that a stage has. */
export function functionsOf(stage: { readonly demoRoutes: boolean }): readonly (SagaFunctionDefinition & {
  readonly name: FunctionName;
})[] {
  return (sagaFunctions as readonly (SagaFunctionDefinition & { readonly name: FunctionName })[]).filter(
    (definition) => stage.demoRoutes || !definition.demoOnly,
  );
}

/** `reserve-booking` → `ReserveBooking`: construct ids and ASL placeholders. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
