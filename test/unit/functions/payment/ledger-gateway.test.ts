import { describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import {
  ChargeClosedError,
  ChargeRequestConflictError,
  PaymentDeclinedError,
} from '#functions/payment/payment-errors.ts';
import type { CustomerCharge } from '#functions/payment/payment-gateway.ts';
import { aCharge, anAuthorizedCharge, balance, entry, gateway, price, requestOf, table } from './ledger-setup.ts';

const aCapturedCharge = async (): Promise<CustomerCharge> => {
  const charge = await anAuthorizedCharge();
  await gateway.capture(charge, price);
  return charge;
};

describe('authorize', () => {
  it('notes the charge as authorized, to lapse after a week', async () => {
    const { token } = await anAuthorizedCharge();
    expect(await entry(token)).toMatchObject({
      ...balance('authorized', 0, 0),
      customer: 'alice',
      currency: 'USD',
      expiresAt: Date.parse('2026-03-08T10:00:00.000Z') / 1000,
    });
  });

  it('takes the same authorization again for success', async () => {
    const { token } = await anAuthorizedCharge();
    await gateway.authorize(requestOf(token), price);
    expect(await entry(token)).toMatchObject(balance('authorized', 0, 0));
  });

  it.each([
    ['another amount', { amountMinor: 45_001, currency: 'USD' }],
    ['another currency', { amountMinor: 45_000, currency: 'EUR' }],
  ])('refuses an id that stands for a charge of %s', async (_, money) => {
    const { token } = await anAuthorizedCharge();
    await expect(gateway.authorize(requestOf(token), money)).rejects.toThrow(
      new ChargeRequestConflictError('This id stands for a charge of another amount or currency'),
    );
    expect(await entry(token)).toMatchObject(balance('authorized', 0, 0));
  });

  it('says of another customer’s charge no more than that the id stands for it', async () => {
    const { token } = await anAuthorizedCharge();
    await expect(gateway.authorize({ ...requestOf(token), customer: 'bob' }, price)).rejects.toThrow(
      new ChargeRequestConflictError('This id stands for another charge'),
    );
  });

  it('answers the same request after the capture as before, and changes nothing', async () => {
    const { token } = await aCapturedCharge();
    await expect(gateway.authorize(requestOf(token), price)).resolves.toBe(token);
    expect(await entry(token)).toMatchObject(balance('captured', 45_000, 0));
  });
});

describe('capture', () => {
  it('takes the money and keeps the entry for good', async () => {
    const { token } = await aCapturedCharge();
    expect(await entry(token)).toMatchObject(balance('captured', 45_000, 0));
    expect(await entry(token)).not.toHaveProperty('expiresAt');
  });

  it('takes it once when the same key asks twice', async () => {
    const charge = await aCapturedCharge();
    await gateway.capture(charge, price);
    expect(await entry(charge.token)).toMatchObject(balance('captured', 45_000, 0));
  });

  it('declines another key', async () => {
    const { token, idempotencyKey } = await aCapturedCharge();
    await expect(gateway.capture(aCharge({ token }), price)).rejects.toThrow(
      new PaymentDeclinedError('Payment token paid for something else'),
    );
    expect(await entry(token)).toMatchObject({ ...balance('captured', 45_000, 0), capture_key: idempotencyKey });
  });

  it.each([
    ['more than is authorized', { amountMinor: 45_001, currency: 'USD' }],
    ['another currency', { amountMinor: 45_000, currency: 'EUR' }],
  ])('declines %s', async (_, money) => {
    const charge = await anAuthorizedCharge();
    await expect(gateway.capture(charge, money)).rejects.toThrow(
      new PaymentDeclinedError('Payment token is authorized for less, or in another currency'),
    );
    expect(await entry(charge.token)).toMatchObject(balance('authorized', 0, 0));
  });

  it('takes less than is authorized', async () => {
    const charge = await anAuthorizedCharge();
    await gateway.capture(charge, { amountMinor: 100, currency: 'USD' });
    expect(await entry(charge.token)).toMatchObject(balance('captured', 100, 0));
  });

  it('declines an unknown token and writes nothing', async () => {
    const charge = aCharge();
    await expect(gateway.capture(charge, price)).rejects.toThrow(/unknown/);
    expect(await entry(charge.token)).toBeUndefined();
  });

  it('refuses a capture that lands after the void', async () => {
    const charge = await anAuthorizedCharge();
    await gateway.refundOrVoid(charge);
    await expect(gateway.capture(charge, price)).rejects.toThrow(new ChargeClosedError('Payment token was voided'));
    expect(await entry(charge.token)).toMatchObject(balance('voided', 0, 0));
  });

  it('refuses a capture that lands after the refund', async () => {
    const charge = await aCapturedCharge();
    await gateway.refundOrVoid(charge);
    await expect(gateway.capture(charge, price)).rejects.toThrow(new ChargeClosedError('Payment token was refunded'));
    expect(await entry(charge.token)).toMatchObject(balance('refunded', 45_000, 45_000));
  });
});

describe('refundOrVoid', () => {
  it('refunds a capture once', async () => {
    const charge = await anAuthorizedCharge();
    await gateway.capture(charge, { amountMinor: 100, currency: 'USD' });
    await gateway.refundOrVoid(charge);
    await gateway.refundOrVoid(charge);
    expect(await entry(charge.token)).toMatchObject(balance('refunded', 100, 100));
  });

  it('voids an uncaptured charge, and a repetition changes nothing', async () => {
    const charge = await anAuthorizedCharge();
    await gateway.refundOrVoid(charge);
    await gateway.refundOrVoid(charge);
    expect(await entry(charge.token)).toMatchObject(balance('voided', 0, 0));
  });

  it('voids a token that it does not know, so that it can neither be authorized nor captured later', async () => {
    const charge = aCharge();
    await gateway.refundOrVoid(charge);
    const authorized = gateway.authorize(requestOf(charge.token), price);
    await expect(authorized).rejects.toThrow(new PaymentDeclinedError('The charge was voided before it came'));
    await expect(gateway.capture(charge, price)).rejects.toThrow(ChargeClosedError);
  });

  it('leaves another key’s capture', async () => {
    const charge = await aCapturedCharge();
    await gateway.refundOrVoid(aCharge({ token: charge.token }));
    expect(await entry(charge.token)).toMatchObject(balance('captured', 45_000, 0));
  });
});

it.each(['authorize', 'capture', 'refundOrVoid'] as const)(
  '%s lets an error of the table through',
  async (operation) => {
    const charge = aCharge();
    table.intercept(() => Promise.reject(new AwsError('ThrottlingException', 'too fast')));
    const calls = {
      authorize: () => gateway.authorize(requestOf(charge.token), price),
      capture: () => gateway.capture(charge, price),
      refundOrVoid: () => gateway.refundOrVoid(charge),
    };
    await expect(calls[operation]()).rejects.toMatchObject({ name: 'ThrottlingException' });
  },
);
