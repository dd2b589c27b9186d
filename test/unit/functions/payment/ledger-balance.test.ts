import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ChargeClosedError,
  ChargeRequestConflictError,
  PaymentDeclinedError,
} from '#functions/payment/payment-errors.ts';
import { sized } from '#test/support/load.ts';
import { entry, gateway, requestOf, table } from './ledger-setup.ts';

it('keeps 0 <= refunded <= captured <= authorized and captures for one key only, however the calls interleave', async () => {
  const keyNames = ['a', 'b'] as const;
  const call = fc.record({
    operation: fc.constantFrom('authorize', 'capture', 'refundOrVoid'),
    key: fc.constantFrom(...keyNames),
    amountMinor: fc.integer({ min: 1, max: 3 }),
    replyLost: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 12 }), fc.scheduler(), async (calls, scheduler) => {
      const token = randomUUID();
      const capturedBy = new Set<unknown>();
      table.intercept(async (operation, input, perform) => {
        await scheduler.schedule(Promise.resolve(), operation);
        const answer = await perform(operation, input);
        const { charge_status: status, capture_key: key, ...amounts } = (await entry(token)) ?? {};
        const {
          authorized_minor: authorized = 0,
          captured_minor: captured = 0,
          refunded_minor: refunded = 0,
        } = amounts as Record<string, number>;
        expect(refunded).toBeGreaterThanOrEqual(0);
        expect(captured).toBeGreaterThanOrEqual(refunded);
        expect(authorized).toBeGreaterThanOrEqual(captured);
        if (status === 'captured' || status === 'refunded') capturedBy.add(key);
        expect(capturedBy.size).toBeLessThanOrEqual(1);
        return answer;
      });
      const running = calls.map(async ({ operation, key, amountMinor, replyLost }) => {
        const charge = { token, customer: 'alice', idempotencyKey: key };
        const money = { amountMinor, currency: 'USD' };
        const perform = async (): Promise<void> => {
          if (operation === 'authorize') await gateway.authorize(requestOf(token), money);
          else if (operation === 'capture') await gateway.capture(charge, money);
          else await gateway.refundOrVoid(charge);
        };
        // After a lost reply the caller asks again.
        for (let turn = 0; turn < (replyLost ? 2 : 1); turn++) {
          await perform().catch((error: Error) => {
            const refused = [PaymentDeclinedError, ChargeClosedError, ChargeRequestConflictError];
            if (!refused.some((kind) => error instanceof kind)) throw error;
          });
        }
      });
      await scheduler.waitFor(Promise.all(running));
      for (const key of keyNames)
        await scheduler.waitFor(gateway.refundOrVoid({ token, customer: 'alice', idempotencyKey: key }));
      const settled = await entry(token);
      expect(settled?.captured_minor ?? 0).toBe(settled?.refunded_minor ?? 0);
      expect(['refunded', 'voided']).toContain(settled?.charge_status);
    }),
    { numRuns: sized(100, 30) },
  );
}, 60_000);
