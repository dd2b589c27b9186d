import { expect, it } from '@jest/globals';
import { bookBurst } from '../../../localstack/console/server/book.ts';
import { AwsFailure, type BookRequest } from '../../../localstack/console/server/source.ts';

it('a burst starts all that is accepted, and tells each reason of a refusal once', async () => {
  const booked: BookRequest[] = [];
  const book = async (request: BookRequest) => {
    booked.push(request);
    if (request.runType === 'wrong') throw new AwsFailure('NotBooked', 'runType is wrong');
    return 't.1';
  };

  const result = await bookBurst({ runTypes: ['success', 'wrong', 'success', 'wrong'], customer: 'alice' }, book);

  expect(result).toEqual({ started: 2, refusals: ['runType is wrong'] });
  expect(new Set(booked.map(({ trip }) => trip)).size).toBe(4);
  expect(booked[0]).toMatchObject({ runType: 'success', customer: 'alice' });
  await expect(bookBurst({ runTypes: Array(501).fill('success') }, book)).rejects.toThrow('1 to 500');
});
