import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PaymentDeclinedError } from '#functions/payment/payment-errors.ts';
import type { CustomerCharge } from '#functions/payment/payment-gateway.ts';
import { keys } from '#schema/table.ts';
import { aCharge, anAuthorizedCharge, balance, entry, gateway, price, requestOf, table } from './ledger-setup.ts';

/** Does something between the two writes of `refundOrVoid`. */
function inBetween(act: () => Promise<unknown>): void {
  let updates = 0;
  table.intercept(async (operation, input, call) => {
    if (operation === 'UpdateItem' && ++updates === 2) {
      table.intercept(undefined);
      await act();
    }
    return call(operation, input);
  });
}

describe('the refund or void of a charge', () => {
  it('given an unknown charge whose authorization comes between the two writes, then it is voided', async () => {
    const charge = aCharge();
    inBetween(() => gateway.authorize(requestOf(charge.token), price));
    await gateway.refundOrVoid(charge);
    expect(await entry(charge.token)).toMatchObject({ charge_status: 'voided', authorized_minor: 45_000 });
  });

  it('given an authorization that lapses between the two writes, then a tombstone is left', async () => {
    const charge = aCharge();
    await gateway.authorize(requestOf(charge.token), price);
    const { pk, sk } = keys.charge(charge.token);
    inBetween(() => table.call('DeleteItem', { TableName: table.table.name, Key: { pk: { S: pk }, sk: { S: sk } } }));
    await gateway.refundOrVoid(charge);
    expect(await entry(charge.token)).toMatchObject({ charge_status: 'voided', customer: 'alice' });
  });

  it('given an unknown charge, then its tombstone stays for the 90 days in which a run may still ask for it', async () => {
    const charge = aCharge();
    await gateway.refundOrVoid(charge);
    const voidedAt = Date.parse('2026-03-01T10:00:00.000Z') / 1000;
    expect(await entry(charge.token)).toMatchObject({ expiresAt: voidedAt + 90 * 24 * 3600 });
  });

  it.each([
    ['authorized', 2],
    ['captured', 1],
    ['refunded', 1],
    ['voided', 1],
  ] as const)('given one that is %s, then it takes %d writes', async (status, writes) => {
    const charge = aCharge();
    await gateway.authorize(requestOf(charge.token), price);
    if (status === 'captured' || status === 'refunded') await gateway.capture(charge, price);
    if (status === 'refunded' || status === 'voided') await gateway.refundOrVoid(charge);
    const calls: string[] = [];
    table.intercept((operation, input, call) => {
      calls.push(operation);
      return call(operation, input);
    });
    await gateway.refundOrVoid(charge);
    expect(calls).toEqual(Array(writes).fill('UpdateItem'));
  });
});

describe('the refund or void of a charge that another call ends between its two writes', () => {
  /** How many writes it still takes, the second one included. */
  const writesAfter = async (charge: CustomerCharge, act: () => Promise<unknown>): Promise<number> => {
    let writes = 0;
    inBetween(async () => {
      await act();
      table.intercept((operation, input, call) => {
        if (operation === 'UpdateItem') writes += 1;
        return call(operation, input);
      });
    });
    await gateway.refundOrVoid(charge);
    return writes + 1;
  };

  it('given an unknown one that was voided, then it looks no further', async () => {
    const charge = aCharge();
    expect(await writesAfter(charge, () => gateway.refundOrVoid(charge))).toBe(1);
  });

  it('given an authorized one whose own capture was refunded, then it looks no further', async () => {
    const charge = await anAuthorizedCharge();
    const captureAndRefund = async () => {
      await gateway.capture(charge, price);
      await gateway.refundOrVoid(charge);
    };
    expect(await writesAfter(charge, captureAndRefund)).toBe(1);
    expect(await entry(charge.token)).toMatchObject(balance('refunded', 45_000, 45_000));
  });
});

describe('a test card', () => {
  const withCard = (cardToken: string) => gateway.authorize({ ...requestOf(randomUUID()), cardToken }, price);

  it.each(['tok_chargeDeclined', 'tok_chargeDeclinedInsufficientFunds'])('%s is declined', async (card) => {
    await expect(withCard(card)).rejects.toThrow(new PaymentDeclinedError('The card was declined'));
  });

  it('whose name only has such a part is charged', async () => {
    await expect(withCard('my_tok_chargeDeclined')).resolves.toEqual(expect.any(String));
  });
});
