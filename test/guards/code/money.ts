// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are source code
import type { CodeLine } from './line.ts';

/** Payment: rule 9. */
export const moneyGuards: readonly CodeLine[] = [
  [
    'rule 9: the payment stands behind the fence before money moves',
    ['TakePayment'],
    'functions/payment/payment.ts',
    'await reservations.open(trip, key, { type: paymentItemType, id, amount, currency });\n  await gateway',
    'await gateway',
  ],
  [
    'rule 9: the gateway before the item',
    ['RefundPayment'],
    'functions/payment/payment.ts',
    'const token = chargeableToken(trip);',
    'const token = chargeableToken(trip);\n  await reservations.remove(trip, keys.payment(trip.trip_id, id));',
  ],
  [
    'rule 9: the gateway is asked at all',
    ['RefundPayment'],
    'functions/payment/payment.ts',
    'if (token !== undefined) {',
    'if (token === undefined) {',
  ],
  [
    'rule 9: the gateway’s key is the run’s own',
    ['TakePayment', 'RefundPayment'],
    'functions/payment/payment.ts',
    '`${paymentId}#${executionId}`',
    '`${paymentId}#${executionId.slice(0, 0)}`',
  ],
  [
    'rule 9: a repeated capture with its key is success',
    ['TakePayment'],
    'functions/payment/ledger-gateway.ts',
    "if (status === 'captured' && key === idempotencyKey) return;",
    '',
  ],
  [
    'rule 9: a capture with another key is refused',
    ['TakePayment'],
    'functions/payment/ledger-gateway.ts',
    "if (status === 'captured' && key === idempotencyKey) return;",
    "if (status === 'captured') return;",
  ],
  [
    'rule 9: a voided charge refuses its capture',
    ['TakePayment'],
    'functions/payment/ledger-gateway.ts',
    "if (status === 'voided' || status === 'refunded') throw",
    "if (status === 'voided' || status === 'refunded') return;\n      if (status === '') throw",
  ],
  [
    'rule 9: an unknown charge is voided before it comes',
    ['TakePayment', 'RefundPayment'],
    'functions/payment/ledger-gateway.ts',
    "if (refunded === 'done' || isSettled(refunded.charge_status) || !customer) return;",
    "if (refunded === 'done' || isSettled(refunded.charge_status) || !customer || refunded.charge_status === undefined) return;",
  ],
  [
    'rule 9: a charge that comes between two writes of a void is looked at again',
    ['RefundPayment'],
    'functions/payment/ledger-gateway.ts',
    'if (isOurs || hasCome || voided.charge_status === undefined) {',
    'if (isOurs && hasCome) {',
  ],
];
