import { describe, expect, it } from '@jest/globals';
import { describeSwap } from '#embedded/console/describe-swap.ts';

const nothing = { added: [], changed: [], removed: [], functions: [], failures: [], restart: [] };
const placeOf = (stack: readonly string[]) => stack[0];

describe('what is told of a swap', () => {
  it('is nothing where nothing changed', () => {
    expect(describeSwap(nothing, placeOf, false)).toEqual([]);
  });

  it('is what came, changed and went', () => {
    const swap = { ...nothing, added: ['a.b', 'a.c'], changed: ['d.e'], removed: ['f.g'], functions: ['pay'] };

    expect(describeSwap(swap, placeOf, false).map(({ text }) => text)).toEqual([
      'swapped in pay',
      'added a.b, a.c',
      'changed d.e',
      'removed f.g',
    ]);
  });

  it('names a few functions, and counts the others', () => {
    const textOf = (functions: readonly string[]) => describeSwap({ ...nothing, functions }, placeOf, false)[0]?.text;

    expect(textOf(['a', 'b', 'c', 'd'])).toBe('swapped in a, b, c, d');
    expect(textOf(['a', 'b', 'c', 'd', 'e'])).toBe('swapped in a, b, c and 2 more functions');
  });

  it('is where a function that cannot be loaded is broken', () => {
    const failure = { functionName: 'pay', zip: 'pay.zip', reason: 'Error: no' };
    const tell = (stack: readonly string[]) =>
      describeSwap({ ...nothing, failures: [{ ...failure, stack }] }, placeOf, false);

    expect(tell(['src/pay.ts:3'])).toEqual([
      { text: 'pay keeps its old code, since the new one cannot be loaded: Error: no  src/pay.ts:3', failed: true },
    ]);
    expect(tell([])).toMatchObject([{ text: expect.stringMatching(/pay\.zip$/) }]);
  });

  it('is that a restart is needed, and what it costs', () => {
    const swap = { ...nothing, changed: ['aws_sqs_queue.Late'], restart: ['aws_sqs_queue.Late'] };

    expect(describeSwap(swap, placeOf, false)).toEqual([
      {
        text: 'changed aws_sqs_queue.Late, which takes a restart: press Ctrl-C and start again. Without --data that empties tables and queues.',
        failed: true,
      },
    ]);
    expect(describeSwap(swap, placeOf, true)).toEqual([
      {
        text: 'changed aws_sqs_queue.Late, which takes a restart: the local cloud restarts, and --data keeps its data.',
        failed: false,
      },
    ]);
  });

  it('names once what takes a restart, and says that all else waits for it', () => {
    const restart = ['a.queue', 'b.queue', 'c.queue'];
    const swap = { ...nothing, added: ['a.queue'], changed: ['a.role', 'b.queue'], removed: ['c.queue'], restart };

    expect(describeSwap(swap, placeOf, false).map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^added a\.queue; changed b\.queue; removed c\.queue, which takes a restart: press .* queues\. All else that changed waits for it\.$/,
      ),
    ]);
    expect(describeSwap(swap, placeOf, true).map(({ text }) => text)).toEqual([
      'changed a.role',
      expect.stringMatching(/^added a\.queue; changed b\.queue; removed c\.queue, which .* keeps its data\.$/),
    ]);
  });
});
