// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are source code
import type { CodeLine } from './line.ts';

/** Reconciler, audit of seats and loyalty: rule 8 and the points. */
export const netsGuards: readonly CodeLine[] = [
  [
    'rule 8: a booking is reconciled while it is unfinished',
    ['reconcile'],
    'functions/booking/reconciling/reconcile.ts',
    'if (header === undefined || !header.isUnfinished || header.updatedAt >= before) return false;',
    'if (header !== undefined) return false;\n  if (header === undefined) return false;',
  ],
  [
    'rule 8: the reconciler looks at the table, not at the index alone',
    ['reconcile'],
    'functions/booking/reconciling/reconcile.ts',
    '|| header.updatedAt >= before) return false;',
    ') return false;',
  ],
  [
    'rule 8: a cancellation that was asked for goes on as the customer’s',
    ['reconcile', 'cancel'],
    'functions/booking/reconciling/reconcile.ts',
    "cancelRequestedAt !== undefined && status !== 'CANCELLED' ? 'customer' : 'redrive'",
    "cancelRequestedAt === '' && status !== 'CANCELLED' ? 'customer' : 'redrive'",
  ],
  [
    'rule 8: holds of live bookings stay',
    ['audit'],
    'functions/booking/auditing/audit-flight.ts',
    "new Set(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'])",
    "new Set(['UNCONFIRMED', 'CANCELLING'])",
  ],
  [
    'rule 8: holds of no booking are released',
    ['audit', 'ReserveSeat'],
    'functions/booking/auditing/audit-flight.ts',
    'holds.filter((hold) => !live.has(hold))',
    'holds.filter((hold) => !live.has(hold) && hold.length < 5)',
  ],
  [
    'rule 8: holds are read before headers',
    ['audit', 'ReserveSeat'],
    'functions/booking/auditing/audit-flight.ts',
    'const flight = await store.flight(flightId);',
    'const early = await store.holders([flightId === "flight" ? "trip" : flightId]);\n  const flight = await store.flight(flightId);\n  if (flight !== undefined) for (const hold of flight.holds) if (!early.some((one) => one.executionId === hold)) await store.releaseSeat(flightId, hold);',
  ],
  [
    'loyalty: the account changes with its record or not at all',
    ['credit-loyalty', 'NotifyBookingConfirmed'],
    'functions/loyalty/dynamodb-loyalty-book.ts',
    'await retryConflicts(() => client.send(transaction));\n      return true;',
    'const { TransactItems = [] } = transaction.input;\n      for (const item of TransactItems.toReversed()) await client.send(new TransactWriteCommand({ TransactItems: [item] }));\n      return true;',
  ],
];
