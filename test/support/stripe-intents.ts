import { randomBytes } from 'node:crypto';

/** Stripe's answer in place of an object: https://docs.stripe.com/api/errors */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, type: string, fields: Readonly<Record<string, unknown>>) {
    super(String(fields.message ?? fields.code));
    this.status = status;
    this.body = { error: { type, message: this.message, ...fields } };
  }
}

export const invalidRequest = (code: string, param?: string, status = 400): StripeRefusal =>
  new StripeRefusal(status, 'invalid_request_error', { code, ...(param && { param }) });

export type Fields = ReadonlyMap<string, string>;

export interface TestIntent {
  id: string;
  status: 'requires_capture' | 'succeeded' | 'canceled';
  amount: number;
  currency: string;
  captured: number;
  refunded: number;
  metadata: Record<string, string>;
  receiptEmail: string | undefined;
  description: string | undefined;
}

const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
const declines: Readonly<Record<string, string>> = {
  tok_chargeDeclined: 'generic_decline',
  tok_chargeDeclinedInsufficientFunds: 'insufficient_funds',
};

/** The state machine of payment intents with manual capture. https://docs.stripe.com/payments/paymentintents/lifecycle */
export function stripeIntents() {
  const intents = new Map<string, TestIntent>();
  const find = (id: string): TestIntent => {
    const intent = intents.get(id);
    if (intent === undefined) throw invalidRequest('resource_missing', 'intent', 404);
    return intent;
  };
  const unexpected = (intent: TestIntent): StripeRefusal =>
    new StripeRefusal(400, 'invalid_request_error', {
      code: 'payment_intent_unexpected_state',
      payment_intent: view(intent, []),
    });

  return {
    all: intents,

    create(fields: Fields): object {
      const amount = wholeNumber(fields, 'amount');
      if (amount < 50) throw invalidRequest('amount_too_small', 'amount');
      if (amount > 99_999_999) throw invalidRequest('amount_too_large', 'amount');
      if (!(fields.get('receipt_email') ?? 'a@b.c').includes('@'))
        throw invalidRequest('email_invalid', 'receipt_email');
      const card = required(fields, 'payment_method_data[card][token]');
      for (const [name, value] of Object.entries({
        capture_method: 'manual',
        confirm: 'true',
        error_on_requires_action: 'true',
        'payment_method_data[type]': 'card',
        'automatic_payment_methods[enabled]': 'true',
        'automatic_payment_methods[allow_redirects]': 'never',
      })) {
        if (fields.get(name) !== value) throw invalidRequest('parameter_invalid', name);
      }
      const decline_code = declines[card];
      if (decline_code !== undefined)
        throw new StripeRefusal(402, 'card_error', { code: 'card_declined', decline_code });
      if (!/^tok_\w+$/.test(card)) throw invalidRequest('resource_missing', 'payment_method_data[card][token]');
      const currency = required(fields, 'currency');
      if (!['usd', 'eur', 'jpy', 'kwd'].includes(currency)) throw invalidRequest('parameter_invalid', 'currency');
      const intent: TestIntent = {
        id: newId('pi'),
        status: 'requires_capture',
        amount,
        currency,
        captured: 0,
        refunded: 0,
        metadata: metadataOf(fields),
        receiptEmail: fields.get('receipt_email'),
        description: fields.get('description'),
      };
      intents.set(intent.id, intent);
      return view(intent, []);
    },

    retrieve: (id: string, fields: Fields): object => view(find(id), [...fields.values()]),

    capture(id: string, fields: Fields): object {
      const intent = find(id);
      if (intent.status !== 'requires_capture') throw unexpected(intent);
      const amount = wholeNumber(fields, 'amount_to_capture');
      if (amount > intent.amount) throw invalidRequest('amount_too_large', 'amount_to_capture');
      Object.assign(intent, { status: 'succeeded', captured: amount });
      Object.assign(intent.metadata, metadataOf(fields));
      return view(intent, []);
    },

    cancel(id: string): object {
      const intent = find(id);
      if (intent.status !== 'requires_capture') throw unexpected(intent);
      intent.status = 'canceled';
      return view(intent, []);
    },

    refund(fields: Fields): object {
      const intent = find(required(fields, 'payment_intent'));
      if (intent.status !== 'succeeded') throw unexpected(intent);
      const left = intent.captured - intent.refunded;
      if (left === 0) throw invalidRequest('charge_already_refunded');
      intent.refunded += left;
      return { id: newId('re'), object: 'refund', amount: left, payment_intent: intent.id, status: 'succeeded' };
    },
  };
}

function view(intent: TestIntent, expanded: readonly string[]): object {
  const { id, status, amount, currency, captured, refunded, metadata } = intent;
  const charge = {
    id: `ch_${id.slice(3)}`,
    object: 'charge',
    amount_captured: captured,
    amount_refunded: refunded,
    refunded: captured > 0 && captured === refunded,
  };
  return {
    id,
    object: 'payment_intent',
    status,
    amount,
    currency,
    metadata,
    amount_capturable: status === 'requires_capture' ? amount : 0,
    latest_charge: expanded.includes('latest_charge') ? charge : charge.id,
  };
}

function required(fields: Fields, name: string): string {
  const value = fields.get(name);
  if (value === undefined || value === '') throw invalidRequest('parameter_missing', name);
  return value;
}

function wholeNumber(fields: Fields, name: string): number {
  const text = required(fields, name);
  if (!/^[1-9]\d*$/.test(text)) throw invalidRequest('parameter_invalid_integer', name);
  return Number(text);
}

function metadataOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    [...fields].flatMap(([name, value]) => {
      const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value]];
    }),
  );
}
