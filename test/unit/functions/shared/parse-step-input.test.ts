import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { parseStepInput } from '#functions/shared/saga/parse-step-input.ts';
import { InvalidSagaInputError } from '#functions/shared/saga/step-errors.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { aTrip } from '#test/support/trips.ts';

const messageFor = (schema: z.ZodMiniType, input: unknown): string => {
  try {
    parseStepInput(schema, input);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidSagaInputError);
    return (error as Error).message;
  }
  throw new Error('the input was accepted');
};

describe('parseStepInput', () => {
  it('gives the input, unknown fields included', () => {
    const trip = { ...aTrip(), note: 'x' };
    expect(parseStepInput(BookingRunInput, trip)).toEqual(trip);
  });

  it.each([
    ['a missing field', { trip_id: undefined }, 'Field "trip_id" is missing'],
    ['a wrong type', { customer: 7 }, 'Field "customer" must be a string'],
    ['a wrong format', { currency: 'usd' }, 'Field "currency" must be a currency\'s three capital letters'],
    ['too small a number', { cancel_failure_rate: -1 }, 'Field "cancel_failure_rate" must be at least 0'],
    ['too large a number', { cancel_failure_rate: 2 }, 'Field "cancel_failure_rate" must be at most 1'],
    ['half a leg', { check_in: undefined }, 'Field "hotel" goes with check_in and check_out: give all of them or none'],
  ])('names the field of %s and what is expected there', (_, fields, message) => {
    expect(messageFor(BookingRunInput, { ...aTrip(), ...fields })).toBe(message);
  });

  it.each([
    [z.object({ a: z.string().check(z.minLength(1)) }), { a: '' }, 'Field "a" must have at least 1 character'],
    [z.object({ a: z.string().check(z.maxLength(2)) }), { a: 'xyz' }, 'Field "a" must have at most 2 characters'],
    [z.object({ a: z.object({}) }), { a: 7 }, 'Field "a" must be an object'],
    [z.object({ a: z.array(z.string()) }), { a: 7 }, 'Field "a" must be an array'],
  ])('says in plain words what is expected (%#)', (schema, input, message) => {
    expect(messageFor(schema, input)).toBe(message);
  });

  it('names the values that a field may have', () => {
    expect(messageFor(z.object({ cause: z.enum(['customer', 'redrive']) }), { cause: 'whim' })).toBe(
      'Field "cause" must be one of customer, redrive',
    );
  });

  it('names the path of a nested field', () => {
    expect(messageFor(z.object({ a: z.object({ b: z.string() }) }), { a: {} })).toBe('Field "a.b" is missing');
  });

  it.each([['a string'], [null], [7], [[]]])('says that %p is no input at all', (input) => {
    expect(messageFor(BookingRunInput, input)).toMatch(/^Field "\(input\)" must be/);
  });

  it('does not repeat the value, which may be personal', () => {
    expect(messageFor(BookingRunInput, { ...aTrip(), trip_id: 'mallory@example.com' })).not.toContain('mallory');
  });
});
