import { expect } from '@jest/globals';
import { type ApiAnswer, api } from '#test/support/e2e/api.ts';
import type { Customer } from '#test/support/e2e/customers.ts';
import { headerOf } from '#test/support/e2e/saga.ts';
import { target } from './three-customers.ts';

export const executionOf = async (id: string): Promise<string> => String((await headerOf(target, id))?.execution_id);

export function expectProblem(
  { status, headers, body }: ApiAnswer,
  expected: { status: number; field?: string },
): void {
  expect([status, headers.get('content-type')]).toEqual([expected.status, 'application/problem+json']);
  expect(body).toMatchObject({ type: 'about:blank', title: expect.any(String), ...expected });
  expect(body.field).toBe(expected.field);
}

export const wholeTrip = {
  hotel: { hotel: 'holiday inn', checkIn: '2026-07-10T12:00:00.000Z', checkOut: '2026-07-12T14:00:00.000Z' },
  rental: { rental: 'Volvo', rentalFrom: '2026-07-10T00:00:00.000Z', rentalTo: '2026-07-12T00:00:00.000Z' },
};

export const cancel = (customer: Customer | undefined, id: string) =>
  api(target, customer, `/bookings/${id}`, { method: 'DELETE' });
