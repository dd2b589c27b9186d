import { describe, expect, it } from '@jest/globals';
import { type Change, createStore, openStore } from '#embedded/store/index.ts';

const all = <Value>(collection: { entries(): Iterable<[string, Value]> }) => [...collection.entries()];

/** A file that notes what it is given; the next write fails where it is told to. */
function aFile(kept: Change[] = []) {
  const batches: string[][] = [];
  return {
    batches,
    failing: false,
    load: () => kept,
    write(changes: readonly Change[]) {
      if (this.failing) throw new Error('no space left');
      batches.push(changes.map(({ collection, key, value }) => `${collection}/${key}=${JSON.stringify(value)}`));
    },
    async close() {},
  };
}

describe('a store', () => {
  it('given records, when read by key and range, then they come in the order of keys; one name is one collection', () => {
    const store = openStore();
    const orders = store.collection<number>('orders');
    for (const [index, key] of ['b', 'a', 'd', 'c'].entries()) orders.put(key, index);
    orders.put('a', 9);
    orders.delete('c');
    orders.delete('never there');

    expect(all(store.collection('orders'))).toEqual([
      ['a', 9],
      ['b', 0],
      ['d', 2],
    ]);
    expect([...orders.entries({ from: 'b', to: 'd' })]).toEqual([['b', 0]]);
    expect(orders.get('d')).toBe(2);
    expect(orders.get('c')).toBeUndefined();
    expect(store.collection('others').size).toBe(0);
  });

  it('given a batch, and one within it, when done, then the file has both as one; a change alone is a batch of its own', () => {
    const file = aFile();
    const store = createStore(file);
    const [orders, shipped] = [store.collection('orders'), store.collection('shipped')];
    orders.put('1', 'new');
    const result = store.batch(() => {
      orders.delete('1');
      store.batch(() => shipped.put('1', 'sent'));
      return 'done';
    });
    store.batch(() => orders.delete('never there'));

    expect(result).toBe('done');
    expect(file.batches).toEqual([['orders/1="new"'], ['orders/1=undefined', 'shipped/1="sent"']]);
  });

  it('given a batch that throws, then nothing of it is there, neither in memory nor in the file', () => {
    const file = aFile();
    const store = createStore(file);
    const orders = store.collection('orders');
    orders.put('old', 1);
    const failing = () =>
      store.batch(() => {
        orders.put('new', 2);
        orders.put('old', 3);
        orders.delete('old');
        throw new Error('changed my mind');
      });

    expect(failing).toThrow('changed my mind');
    expect(all(orders)).toEqual([['old', 1]]);
    expect(file.batches).toHaveLength(1);
    orders.put('after', 4);
    expect(file.batches[1]).toEqual(['orders/after=4']);
  });

  it('given a file that cannot be written to, when put, then it throws and memory is as before', () => {
    const file = aFile();
    const orders = createStore(file).collection('orders');
    orders.put('a', 1);
    file.failing = true;

    expect(() => orders.put('a', 2)).toThrow('no space left');
    expect(() => orders.delete('a')).toThrow('no space left');
    expect(all(orders)).toEqual([['a', 1]]);
  });

  it('given what a former process left, when opened, then it is there; once closed, the file stays as it is', async () => {
    const file = aFile([{ collection: 'orders', key: 'a', value: { at: 1 } }]);
    const store = createStore(file);
    const orders = store.collection('orders');

    expect(all(orders)).toEqual([['a', { at: 1 }]]);
    await store.close();
    orders.put('b', 2);
    expect(file.batches).toEqual([]);
  });
});
