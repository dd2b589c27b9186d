import { describe, expect, it } from '@jest/globals';
import type { CustomerCharge } from '#functions/payment/payment-gateway.ts';
import { aCharge, anAuthorizedCharge, balance, entry, gateway, price, requestOf, table } from './ledger-setup.ts';

describe('refundOrVoid, while another call comes in between its two writes', () => {
  /** Does it between the two writes of `refundOrVoid`. */
  function inBetween(work: () => Promise<unknown>): void {
    let updates = 0;
    table.intercept(async (operation, input, call) => {
      if (operation === 'UpdateItem' && ++updates === 2) {
        table.intercept(undefined);
        await work();
      }
      return call(operation, input);
    });
  }

  const captureInBetween = (charge: CustomerCharge): void => inBetween(() => gateway.capture(charge, price));

  it('refunds a capture of its own, also where it is passed on by itself', async () => {
    const { refundOrVoid } = gateway;
    const charge = await anAuthorizedCharge();
    captureInBetween(charge);
    await refundOrVoid(charge);
    expect(await entry(charge.token)).toMatchObject(balance('refunded', 45_000, 45_000));
  });

  it("leaves another key's capture", async () => {
    const charge = await anAuthorizedCharge();
    captureInBetween(charge);
    await gateway.refundOrVoid(aCharge({ token: charge.token }));
    expect(await entry(charge.token)).toMatchObject(balance('captured', 45_000, 0));
  });

  it("leaves another customer's charge that is authorized then", async () => {
    const charge = aCharge();
    inBetween(() => gateway.authorize({ ...requestOf(charge.token), customer: 'bob' }, price));
    await gateway.refundOrVoid(charge);
    expect(await entry(charge.token)).toMatchObject({ customer: 'bob', ...balance('authorized', 0, 0) });
  });
});
