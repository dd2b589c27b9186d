import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ChargeRequestConflictError, PaymentDeclinedError } from '#functions/payment/payment-errors.ts';
import type { CustomerCharge } from '#functions/payment/payment-gateway.ts';
import { aRequest, authorizedAt, nothing, price, returned, type Subject, subjects, taken } from './gateway-subjects.ts';

describe.each(Object.keys(subjects))('a charge of another customer (%s)', (name) => {
  let subject: Subject;
  beforeAll(() => {
    subject = (subjects[name] as () => Subject)();
  });
  const authorized = () => authorizedAt(subject);
  const bobs = ({ token }: { token: string }) => ({ token, customer: 'bob', idempotencyKey: `3#${randomUUID()}` });
  const refusalOf = (charge: CustomerCharge) =>
    subject.gateway.capture(charge, price).then(
      () => 'captured',
      (error: Error) => `${error.name}: ${error.message}`,
    );
  const unknown = () => refusalOf(bobs({ token: name === 'stripe' ? 'pi_unknown' : randomUUID() }));

  it('refuses an id that stands for another customer’s charge', async () => {
    const request = aRequest();
    await subject.gateway.authorize(request, price);
    const stolen = subject.gateway.authorize({ ...request, customer: 'bob' }, price);
    await expect(stolen).rejects.toThrow(ChargeRequestConflictError);
  });

  it('never pays with it, and answers the same as for an unknown charge', async () => {
    const charge = await authorized();
    const refusals = [await refusalOf(bobs(charge))];
    await subject.gateway.capture(charge, price);
    refusals.push(await refusalOf(bobs(charge)), await refusalOf({ ...charge, customer: 'bob' }));
    await subject.gateway.refundOrVoid(charge);
    refusals.push(await refusalOf(bobs(charge)));
    const voided = await authorized();
    await subject.gateway.refundOrVoid(voided);
    refusals.push(await refusalOf(bobs(voided)));
    expect(new Set(refusals)).toEqual(new Set([await unknown()]));
    expect(await unknown()).toMatch(/^PaymentDeclinedError: Payment token is unknown/);
  });

  it('leaves it alone when another customer’s payment is undone, so that it still pays', async () => {
    const charge = await authorized();
    await subject.gateway.refundOrVoid(bobs(charge));
    expect(await subject.standing(charge.token)).toEqual({ ...nothing, open: true });
    await subject.gateway.capture(charge, price);
    await subject.gateway.refundOrVoid(bobs(charge));
    expect(await subject.standing(charge.token)).toEqual(taken);
  });

  it.each([[undefined], ['']])('voids nothing for the customer %j, but refunds the key’s capture', async (customer) => {
    const charge = await authorized();
    await subject.gateway.refundOrVoid({ ...charge, customer });
    expect(await subject.standing(charge.token)).toEqual({ ...nothing, open: true });
    await subject.gateway.capture(charge, price);
    await subject.gateway.refundOrVoid({ ...charge, customer });
    expect(await subject.standing(charge.token)).toEqual(returned);
  });

  it('keeps no charge from coming that another customer voided before, though the own void does', async () => {
    if (name === 'stripe') return; // whose tokens exist only once it has made them
    const [request, own] = [aRequest(), aRequest()];
    await subject.gateway.refundOrVoid(bobs({ token: request.requestId }));
    await expect(refusalOf({ ...bobs({ token: request.requestId }), customer: 'alice' })).resolves.toBe(
      await unknown(),
    );
    const token = await subject.gateway.authorize(request, price);
    await subject.gateway.refundOrVoid(bobs({ token }));
    expect(await subject.standing(token)).toEqual({ ...nothing, open: true });
    await expect(refusalOf(bobs({ token }))).resolves.toBe(await unknown());

    await subject.gateway.refundOrVoid({ ...bobs({ token: own.requestId }), customer: 'alice' });
    await expect(subject.gateway.authorize(own, price)).rejects.toThrow(PaymentDeclinedError);
  });
});
