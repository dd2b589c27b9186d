import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Journal, openJournal } from '#embedded/journal.ts';

const module = fileURLToPath(new URL('../../journal.ts', import.meta.url));

let folder: string;
let file: string;
const opened: Journal[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(folder, 'journal.jsonl');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  rmSync(folder, { recursive: true });
});

/** What the next process would find. */
function open(slackBytes?: number): Journal {
  const journal = openJournal(file, slackBytes);
  opened.push(journal);
  return journal;
}

describe('a journal', () => {
  it('given values put, replaced and deleted, when opened again, then it has what was kept, in the order of the last put', () => {
    const journal = open();
    journal.put('a', { at: 1 });
    journal.put('b', 'two\nlines');
    journal.put('c', null);
    journal.put('a', { at: 2 });
    journal.delete('c');
    journal.delete('never there');
    journal.put('ab', 3);

    expect(open().entries('')).toEqual([
      ['b', 'two\nlines'],
      ['a', { at: 2 }],
      ['ab', 3],
    ]);
    expect(open().entries('a')).toEqual([
      ['', { at: 2 }],
      ['b', 3],
    ]);
  });

  it('given a last line cut short, when opened and written to, then the rest and the new are there', () => {
    open().put('whole', 1);
    appendFileSync(file, '["torn",{"at":');

    const second = open();
    expect(second.entries('')).toEqual([['whole', 1]]);
    second.put('new', 2);
    expect(open().entries('')).toEqual([
      ['whole', 1],
      ['new', 2],
    ]);
  });

  it('given a line in the middle that is no entry, when opened, then it says where and what to do', () => {
    writeFileSync(file, '["a",1]\nnonsense\n["b",2]\n');

    expect(() => openJournal(file)).toThrow(`${file}:2 is no journal entry`);
    expect(readFileSync(file, 'utf8')).toContain('nonsense');
  });

  it('given many replacements, when written, then the file stays within twice what is kept and its slack', () => {
    const journal = open(10_000);
    const value = 'x'.repeat(100);
    for (let i = 0; i < 2000; i += 1) journal.put(`key-${i % 20}`, `${i} ${value}`);

    expect(statSync(file).size).toBeLessThan(2 * 20 * 130 + 10_000 + 200);
    expect(open().entries('')).toHaveLength(20);
    expect(open().entries('').at(-1)).toEqual(['key-19', `1999 ${value}`]);
    expect(readdirSync(folder)).toEqual(['journal.jsonl']);
  });

  it('given the rest of a compaction that a kill cut short, when opened, then the journal itself counts', () => {
    open().put('kept', 1);
    writeFileSync(`${file}.new`, '["half"');

    expect(open().entries('')).toEqual([['kept', 1]]);
    expect(readdirSync(folder)).toEqual(['journal.jsonl']);
  });

  it('given that it is closed, when written to, then the file stays as it is', async () => {
    const journal = open();
    journal.put('a', 1);
    await journal.close();
    journal.put('b', 2);
    journal.delete('a');

    expect(open().entries('')).toEqual([['a', 1]]);
  });

  it('given a process killed in mid-write, when opened, then every acknowledged put is there', async () => {
    // A small slack, so that the kill often falls into a compaction.
    const script = `
      import { openJournal } from ${JSON.stringify(module)};
      const journal = openJournal(process.argv[1], 2000);
      for (let i = 0; ; i += 1) {
        journal.put('count ' + (i % 7), { i, text: 'x'.repeat(i % 300) });
        if (i % 50 === 0) process.stdout.write(i + '\\n');
        if (i % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      }`;
    for (const lines of [20, 45, 70]) {
      rmSync(file, { force: true });
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let acknowledged = -1;
      let left = lines;
      for await (const line of createInterface(child.stdout)) {
        acknowledged = Number(line);
        if (--left === 0) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

      const counts = open()
        .entries('')
        .map(([, value]) => (value as { i: number }).i);
      expect(Math.max(...counts)).toBeGreaterThanOrEqual(acknowledged);
      expect(counts).toEqual([...counts].sort((one, other) => one - other));
      expect(counts.length).toBe(7);
    }
  });
});
