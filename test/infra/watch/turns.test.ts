import { expect, it } from '@jest/globals';
import { createTurns } from '#infra/watch/turns.ts';

it('does one piece of work after the other', async () => {
  const turns = createTurns();
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  turns.add(() => first.promise.then(() => void done.push('first')));
  turns.add(async () => void done.push('second'));

  first.resolve();
  await turns.done();

  expect(done).toEqual(['first', 'second']);
});

it('finishes what is under way when it ends, and begins nothing that waits', async () => {
  const turns = createTurns();
  const done: string[] = [];
  turns.add(async () => {
    turns.end();
    done.push('under way');
  });
  turns.add(async () => void done.push('waiting'));

  await turns.done();

  expect(done).toEqual(['under way']);
});
