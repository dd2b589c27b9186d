import { expect, it } from '@jest/globals';
import { createOutbox } from '#embedded/lambda/worker/outbox.ts';

const endOfTurn = () => new Promise((resolve) => setImmediate(resolve));

it('sends two messages of a turn together at once, and one that is left at its end', async () => {
  const sent: (readonly string[])[] = [];
  const post = createOutbox<string>((messages) => sent.push(messages));

  for (const message of ['a', 'b', 'c']) post(message);

  expect(sent).toEqual([['a', 'b']]);
  await endOfTurn();
  expect(sent).toEqual([['a', 'b'], ['c']]);
  post('d');
  await endOfTurn();
  expect(sent).toEqual([['a', 'b'], ['c'], ['d']]);
});
