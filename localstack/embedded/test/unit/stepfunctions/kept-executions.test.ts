import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Journal, openJournal } from '#embedded/journal.ts';
import type { StatusChange } from '#embedded/stepfunctions/index.ts';
import { keepExecutions } from '#embedded/stepfunctions/kept-executions.ts';
import { MACHINE_ARN } from './support.ts';

const day = 24 * 3600 * 1000;
const now = Date.parse('2026-11-25T12:00:00Z');

let folder: string;
const opened: Journal[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-executions-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  rmSync(folder, { recursive: true });
});

/** What the next process would find. */
function open({ machines = [MACHINE_ARN], at = now, wholeLimit = 10 } = {}) {
  const journal = openJournal(join(folder, 'journal.jsonl'));
  opened.push(journal);
  return keepExecutions(journal, machines, { now: at, wholeLimit });
}

const arnOf = (name: string): string => `${MACHINE_ARN.replace(':stateMachine:', ':execution:')}:${name}`;

function running(name: string, change: Partial<StatusChange> = {}): StatusChange {
  return {
    executionArn: arnOf(name),
    stateMachineArn: MACHINE_ARN,
    name,
    status: 'RUNNING',
    startDate: now - 1000,
    stopDate: null,
    input: '{"a":1}',
    output: null,
    error: null,
    cause: null,
    ...change,
  };
}

const failed = (name: string): StatusChange =>
  running(name, { status: 'FAILED', stopDate: now, error: 'Broken', cause: 'it broke' });

describe('executions that are kept', () => {
  it('given one that was running, when the next process starts, then it is to be told as aborted, under its own name', () => {
    open().note(running('a'));

    const next = open();
    expect(next.untold).toEqual([
      running('a', {
        status: 'ABORTED',
        stopDate: now,
        cause: expect.stringContaining('stopped while it ran') as never,
      }),
    ]);
    expect(next.former.taken).toEqual([arnOf('a')]);
  });

  it('given that the next process was killed before it told, when a third one starts, then it is still to be told', () => {
    open().note(running('a'));
    const second = open();
    for (const change of second.untold) second.note(change);

    expect(open().untold).toMatchObject([{ name: 'a', status: 'ABORTED' }]);
    expect(open().untold).toHaveLength(1);
  });

  it('given an end that no target had yet, when the next process starts, then it is told again as it was', () => {
    const first = open();
    first.note(running('a'));
    first.note(failed('a'));

    expect(open().untold).toEqual([failed('a')]);
  });

  it('given an end that was told, when the next process starts, then nothing is told and the name is taken', () => {
    const first = open();
    first.note(running('a'));
    first.note(failed('a'));
    first.told(failed('a'));

    const next = open();
    expect(next.untold).toEqual([]);
    expect(next.former).toEqual({ taken: [arnOf('a')], described: [failed('a')] });
  });

  it('given the event of a start that was told late, when the next process starts, then the run still counts as running', () => {
    const first = open();
    first.note(running('a'));
    first.told(running('a'));

    expect(open().untold).toMatchObject([{ name: 'a', status: 'ABORTED' }]);
  });

  it('given more ends than are kept whole, when the next process starts, then the oldest have left their names', () => {
    const first = open({ wholeLimit: 2 });
    for (const name of ['a', 'b', 'c', 'running']) first.note(running(name));
    for (const name of ['b', 'a', 'c']) {
      first.note(failed(name));
      first.told(failed(name));
    }
    const second = open({ wholeLimit: 2 });
    expect(second.former.described.map(({ name }) => name)).toEqual(['running', 'a', 'c']);
    for (const change of second.untold) {
      second.note(change);
      second.told(change);
    }

    const { taken, described } = open().former;
    expect(described.map(({ name }) => name)).toEqual(['c', 'running']);
    expect([...taken].sort()).toEqual(['a', 'b', 'c', 'running'].map(arnOf));
  });

  it('given an end of 90 days ago, when the next process starts, then the name is free', () => {
    const first = open();
    first.note(failed('a'));
    first.told(failed('a'));

    expect(open({ at: now + 90 * day - 1 }).former.taken).toEqual([arnOf('a')]);
    expect(open({ at: now + 90 * day }).former.taken).toEqual([]);
    expect(open().former.taken).toEqual([]);
  });

  it('given a run of a machine that another stack has, when this one starts, then it waits for that stack', () => {
    open().note(running('a'));

    expect(open({ machines: ['arn:aws:states:us-east-1:000000000000:stateMachine:other'] }).untold).toEqual([]);
    expect(open().untold).toHaveLength(1);
  });
});
