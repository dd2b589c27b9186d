import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore, type Store } from '#embedded/store/index.ts';

let folder: string;
const opened: Store[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true });
});

const closeAll = () => Promise.all(opened.splice(0).map((store) => store.close()));

/** What the next process would find. */
async function reopen(): Promise<Store> {
  await closeAll();
  const store = openStore(folder);
  opened.push(store);
  return store;
}

const all = (store: Store, name: string) => [...store.collection(name).entries()];

describe('a store with a folder', () => {
  it('given records put, replaced and deleted, when opened again, then it has what was kept', async () => {
    const odd = 'nul \0, half a pair \ud800, line\nbreak';
    const first = await reopen();
    const orders = first.collection<unknown>('orders');
    orders.put('a', { at: 1 });
    orders.put(odd, odd);
    orders.put('c', null);
    orders.put('a', { at: 2 });
    orders.delete('c');
    first.collection('others').put('a', [3]);

    const second = await reopen();
    expect(all(second, 'orders')).toEqual([
      ['a', { at: 2 }],
      [odd, odd],
    ]);
    expect(all(second, 'others')).toEqual([['a', [3]]]);

    second.collection('orders').put('a', { at: 4 });
    second.collection('orders').delete(odd);
    expect(all(await reopen(), 'orders')).toEqual([['a', { at: 4 }]]);
  });

  it('given a value that JSON cannot hold amid a batch, then the batch is not kept, and later ones are', async () => {
    const store = await reopen();
    const orders = store.collection<unknown>('orders');
    orders.put('a', 1);
    const failing = () =>
      store.batch(() => {
        orders.put('b', 2);
        orders.delete('a');
        orders.put('c', 10n);
      });
    expect(failing).toThrow('BigInt');
    orders.put('a', 5);
    orders.put('b', 6);

    expect(all(await reopen(), 'orders')).toEqual([
      ['a', 5],
      ['b', 6],
    ]);
  });

  it('given that it is open, when opened again, then the second one says so', async () => {
    await reopen();

    expect(() => openStore(folder)).toThrow(`The data folder ${folder} can't be used (database is locked)`);
  });

  it('says so where no folder can be made', () => {
    expect(() => openStore('/proc/none/deeper')).toThrow(/^The data folder \/proc\/none\/deeper can't be used \(E/);
  });

  it('given a file where the folder would be, when opened, then it says what to do', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');

    expect(() => openStore(file)).toThrow('choose another one with --data');
  });

  it('given a folder of another format, when opened, then it says what to do', async () => {
    await reopen();
    await closeAll();
    const database = new DatabaseSync(join(folder, 'local-cloud.sqlite'));
    database.exec('PRAGMA user_version = 7');
    database.close();

    expect(() => openStore(folder)).toThrow('has format 7, and this version reads 1: delete the folder');
  });

  it.each(['CURRENT', 'journal.jsonl'])(
    'given a folder of an older version, with %s, then it says what to do',
    (file) => {
      writeFileSync(join(folder, file), '');

      expect(() => openStore(folder)).toThrow(
        `was written by an older version (it has ${file}), and this version reads local-cloud.sqlite only: delete the folder`,
      );
      expect(readdirSync(folder)).toEqual([file]);
    },
  );

  it('given a process killed in mid-write, when opened, then every acknowledged batch is there, and none in part', async () => {
    const module = fileURLToPath(new URL('../../../store/index.ts', import.meta.url));
    const script = `
      import { openStore } from ${JSON.stringify(module)};
      const store = openStore(process.argv[1]);
      const [one, other] = [store.collection('one'), store.collection('other')];
      for (let i = 0; ; i += 1) {
        store.batch(() => {
          one.put('count ' + (i % 7), { i, text: 'x'.repeat(i % 3000) });
          if (i % 5 === 0) one.delete('count ' + ((i + 3) % 7));
          other.put('count', i);
        });
        if (i % 50 === 0) process.stdout.write(i + '\\n');
        if (i % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      }`;
    for (const lines of [20, 45, 70]) {
      rmSync(folder, { recursive: true });
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      let acknowledged = -1;
      let left = lines;
      for await (const line of createInterface(child.stdout)) {
        acknowledged = Number(line);
        if (--left === 0) child.kill('SIGKILL');
      }
      await exited;

      const store = await reopen();
      const last = store.collection<number>('other').get('count') as number;
      expect(last).toBeGreaterThanOrEqual(acknowledged);
      expect(acknowledged).toBeGreaterThan(0);
      const expected = new Map<string, number>();
      for (let i = 0; i <= last; i += 1) {
        expected.set(`count ${i % 7}`, i);
        if (i % 5 === 0) expected.delete(`count ${(i + 3) % 7}`);
      }
      const counts = [...store.collection<{ i: number }>('one').entries()].map(([key, { i }]) => [key, i]);
      expect(counts).toEqual([...expected].sort());
      await closeAll();
    }
  });
});
