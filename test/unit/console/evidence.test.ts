import { describe, expect, it } from '@jest/globals';
import type { Observation } from '#embedded/index.ts';
import { evidenceOf } from '../../../localstack/console/server/evidence.ts';
import { linesOfRun } from '../../../localstack/console/server/log-entries.ts';
import type { Source } from '../../../localstack/console/server/source.ts';

const mine = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const line = (message: string | object) => ({
  timestamp: 5,
  message: typeof message === 'string' ? message : JSON.stringify(message),
});
const platform = (id: string) => [
  line(`START RequestId: ${id} Version: 1`),
  line(`REPORT RequestId: ${id}\tDuration: 2 ms`),
];
const noPlace = () => undefined;

describe('the log of a run', () => {
  const named = (id: string, executionId: string) =>
    line({ level: 'WARN', message: 'slow', function_request_id: id, execution_id: executionId, trip_id: 't', seat: 7 });

  it('is that of the invocations that the cloud tells of', () => {
    const lines = [...platform(mine), ...platform(other)];

    expect(linesOfRun(lines, 't.1', new Set([mine]), noPlace).map(({ text }) => text)).toEqual([
      `START RequestId: ${mine} Version: 1`,
      `REPORT RequestId: ${mine}  Duration: 2 ms`,
    ]);
  });

  it('is that of the invocations whose own lines name it, where no observation tells of them', () => {
    const lines = [...platform(mine), named(mine, 't.1'), ...platform(other), named(other, 't.10')];

    const entries = linesOfRun(lines, 't.1', new Set(), noPlace);

    expect(new Set(entries.map(({ requestId }) => requestId))).toEqual(new Set([mine]));
    expect(entries.find(({ level }) => level === 'WARN')).toMatchObject({ text: 'slow', rest: '{"seat":7}' });
  });

  it('has an error’s own words and its line in the sources, and no metrics', () => {
    const error = { name: 'CardError', message: '<b>no</b>', stack: 'CardError: no\n    at pay (index.mjs:1:2)' };
    const lines = [
      line({ _aws: {}, function_request_id: mine }),
      line({ level: 'ERROR', message: 'Step failed', function_request_id: mine, execution_id: 't.1', error }),
    ];
    const placeOf = (stack: readonly string[]) =>
      stack[1]?.includes('index.mjs:1:2') ? 'functions/pay.ts:9' : undefined;

    expect(linesOfRun(lines, 't.1', new Set(), placeOf)).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        error: { name: 'CardError', message: '<b>no</b>', place: 'functions/pay.ts:9', stack: error.stack },
      }),
    ]);
  });
});

describe('the records of a state', () => {
  type Told = { readonly type: Observation['type'] } & Readonly<Record<string, unknown>>;
  const executionArn = 'arn:aws:states:r:1:execution:m:t.1';
  const changed = (pk: string, after: object, before?: object): Told => ({
    type: 'itemChanged',
    table: 'bookings',
    key: { pk: { S: pk }, sk: { S: 'X' } },
    before,
    after: { pk: { S: pk }, ...after },
  });
  const entered = (state: string): Told => ({ type: 'stateEntered', executionArn, state });
  const exited = (state: string): Told => ({ type: 'stateExited', executionArn, state });

  async function recordsOf(state: string, told: readonly Told[]) {
    const observations = told.map((one, at) => ({ ...one, id: at + 1, at: 7 })) as unknown as Observation[];
    const source = {
      observe: (listener: (one: Observation) => void) => {
        for (const one of observations) listener(one);
        return () => {};
      },
      call: async () => ({ events: [] }),
      placeOf: noPlace,
    } as Partial<Source> as Source;
    const { records, note } = await evidenceOf(source, { run: 't.1', state, functionName: undefined, from: 7, to: 7 });
    return { records, note };
  }

  it('are those that were written between its beginning and its end, though all share a millisecond', async () => {
    const { records, note } = await recordsOf('Pay', [
      entered('Reserve'),
      changed('t', { status: { S: 'early' } }),
      exited('Reserve'),
      entered('Pay'),
      changed('t', { status: { S: 'paid' }, amount: { N: '450' } }, { pk: { S: 't' }, status: { S: 'new' } }),
      exited('Pay'),
      changed('t', { status: { S: 'late' } }),
    ]);

    expect(records).toEqual([
      {
        at: 7,
        table: 'bookings',
        key: 't · X',
        kind: undefined,
        action: 'changed',
        fields: [
          { name: 'status', before: 'new', after: 'paid' },
          { name: 'amount', before: undefined, after: '450' },
        ],
      },
    ]);
    expect(note).toBeUndefined();
  });

  it('are none that another run wrote meanwhile', async () => {
    const flight = (holds: string[]) => ({ seats: { SS: holds } });
    const { records } = await recordsOf('Pay', [
      entered('Pay'),
      changed('u', { status: { S: 'paid' } }),
      changed('FLIGHT#f', flight(['u.9']), { pk: { S: 'FLIGHT#f' }, ...flight([]) }),
      changed('FLIGHT#f', flight(['u.9', 't.1']), { pk: { S: 'FLIGHT#f' }, ...flight(['u.9']) }),
    ]);

    expect(records.map(({ fields }) => fields)).toEqual([[{ name: 'seats', before: undefined, after: 't.1' }]]);
  });

  it('say so where the stream no longer reaches back to them', async () => {
    expect((await recordsOf('Pay', [])).note).toMatch(/no longer reaches back/);
  });
});
