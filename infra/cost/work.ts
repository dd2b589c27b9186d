/** What each step of a booking asks of AWS, spelled out by hand: a trace of the real code has to agree with it. */
import { allLegs } from '#functions/legs.ts';
import type { DynamoDbCall } from './items.ts';

export type Call =
  | ({ readonly service: 'dynamodb' } & DynamoDbCall)
  | { readonly service: 'sns' | 'sqs' | 'states'; readonly operation: string };

/** What a run has built up so far. */
export type Held = ReadonlySet<string>;

export interface Step {
  readonly calls: readonly Call[];
  /** What the run holds afterwards. */
  readonly held: Held;
}

type Entries = NonNullable<DynamoDbCall['entries']>;

const write = (operation: 'PutItem' | 'UpdateItem' | 'DeleteItem', item?: string, entries: Entries = {}): Call => ({
  service: 'dynamodb',
  operation,
  items: item === undefined ? [] : [item],
  entries,
});
const transaction = (...items: readonly string[]): Call => ({
  service: 'dynamodb',
  operation: 'TransactWriteItems',
  items,
});
const read = (operation: 'GetItem' | 'Query', ...items: readonly string[]): Call => ({
  service: 'dynamodb',
  operation,
  items,
  consistent: true,
});

const both = (entry: 'enters' | 'moves'): Entries => ({ ByCustomerStatus: entry, ByUnfinished: entry });
/** Its status and its time of change are keys of the two indexes. */
const newStatus = write('UpdateItem', 'header', both('moves'));
/** The list of a customer's bookings has its keys alone, which no later write changes. */
const openedHeader = write('PutItem', 'header', { ...both('enters'), ByCustomerStarted: 'enters' });
/** One more or one less seat stands in the catalog, too. */
const seatTaken = write('UpdateItem', 'inventory', { ByDepartureSchedule: 'changes' });
/** It has no item of its own, and so takes the least that a write takes. */
const refused = (operation: 'UpdateItem' | 'DeleteItem' | 'PutItem', item?: string): Call => write(operation, item);
const notify: readonly Call[] = [
  read('GetItem', 'header'),
  { service: 'sns', operation: 'Publish' },
  write('UpdateItem', 'header', { ByCustomerStatus: 'changes', ByUnfinished: 'leaves' }),
];
const deadLetter: readonly Call[] = [{ service: 'sqs', operation: 'SendMessage' }];

const legOf = new Map(
  allLegs.flatMap(({ name, states }) =>
    Object.entries(states).map(([verb, state]) => [state, { verb, leg: name.toLowerCase() }] as const),
  ),
);

const has = (held: Held, ...more: readonly string[]): Held => new Set([...held, ...more]);
const without = (held: Held, ...gone: readonly string[]): Held =>
  new Set([...held].filter((one) => !gone.includes(one)));

/** A state that works. Choices and ends ask for nothing. */
export function workOf(state: string, held: Held): Step {
  const leg = legOf.get(state);
  if (leg !== undefined) return legStep(leg, held);
  switch (state) {
    case 'ReserveBooking':
      return { calls: [openedHeader], held: has(held, 'header') };
    case 'ReserveSeat':
      return { calls: [seatTaken], held: has(held, 'seat') };
    case 'TakePayment':
      return {
        calls: [transaction('header', 'payment'), write('UpdateItem', 'charge'), write('UpdateItem', 'payment')],
        held: has(held, 'payment'),
      };
    case 'ConfirmBooking':
      return { calls: [newStatus], held };
    case 'NotifyBookingConfirmed':
    case 'NotifyBookingFailed':
      return { calls: notify, held };
    case 'CancelBooking':
      return {
        // Nothing to fence: the header is written as a tombstone, so that a reserve that comes late is refused.
        calls: held.has('header') ? [newStatus] : [refused('UpdateItem'), openedHeader],
        held: has(held, 'header'),
      };
    case 'RefundPayment':
      return {
        calls: held.has('payment')
          ? [write('UpdateItem', 'charge'), write('DeleteItem', 'payment')]
          : [refused('UpdateItem', 'charge'), write('UpdateItem', 'charge'), refused('DeleteItem')],
        held: without(held, 'payment'),
      };
    case 'ReleaseSeat':
      return {
        calls: [held.has('seat') ? seatTaken : refused('UpdateItem', 'inventory')],
        held: without(held, 'seat'),
      };
    case 'CloseBooking':
      return { calls: [read('Query', 'header'), newStatus], held };
    case 'SendConfirmationToDeadLetterQueue':
    case 'SendCancellationToDeadLetterQueue':
    case 'SendToDeadLetterQueue':
      return { calls: deadLetter, held };
    default:
      return { calls: [], held };
  }
}

function legStep({ verb, leg }: { readonly verb: string; readonly leg: string }, held: Held): Step {
  if (verb === 'reserve') return { calls: [transaction('header', leg)], held: has(held, leg) };
  if (verb === 'confirm') return { calls: [write('UpdateItem', leg)], held };
  return { calls: [held.has(leg) ? write('DeleteItem', leg) : refused('DeleteItem')], held: without(held, leg) };
}

/** Requests over HTTP, by the function that answers each. */
type Entry = readonly { readonly function: string; readonly calls: readonly Call[] }[];

const start: Call = { service: 'states', operation: 'StartExecution' };

/** What accepts a booking or its cancellation, before the machine runs. */
export const entryWork = {
  /** The demo's route pre-authorizes the charge itself. */
  demo: [{ function: 'start-booking', calls: [write('PutItem', 'charge'), start] }],
  /** A charge, then the booking, each with an idempotency key. */
  api: [
    {
      function: 'create-charge',
      calls: [
        transaction('countedCharge', 'chargeCount'),
        write('PutItem', 'chargeRequest'),
        write('PutItem', 'charge'),
      ],
    },
    {
      function: 'bookings',
      calls: [
        // Neither a header nor a request is there yet; the flight is.
        read('GetItem'),
        read('GetItem'),
        read('GetItem', 'inventory'),
        write('PutItem', 'request'),
        start,
        write('PutItem', 'pending'),
      ],
    },
  ],
  /** `DELETE /bookings/{id}` notes the wish first, so that it is not lost with the run. */
  cancel: [
    {
      function: 'bookings',
      calls: [
        read('GetItem', 'header'),
        write('UpdateItem', 'header', { ByCustomerStatus: 'changes', ByUnfinished: 'enters' }),
        start,
      ],
    },
  ],
} as const satisfies Record<string, Entry>;

/** What crediting of loyalty points does with a message about a booking. */
export const loyaltyWork = {
  earned: [transaction('loyaltyRecord', 'loyaltyAccount')],
  neverEarned: [write('PutItem', 'loyaltyRecord')],
  takenBack: [refused('PutItem', 'loyaltyRecord'), transaction('loyaltyRecord', 'loyaltyAccount')],
} as const satisfies Record<string, readonly Call[]>;
