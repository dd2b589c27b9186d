import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Observation } from '#embedded/index.ts';
import type { ArmedFault } from '../../../localstack/console/model/faults.ts';
import { createLive, type Live } from '../../../localstack/console/server/live.ts';

const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:booking';
const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:booking:t.1';

let told: Observation[];
let listeners: Set<(one: Observation) => void>;
let live: Live;
let server: Server;
let url: string;

function tell(happening: Readonly<Record<string, unknown>>, id = (told.at(-1)?.id ?? 0) + 1): void {
  const one = { ...happening, id, at: 0 } as unknown as Observation;
  told.push(one);
  for (const listener of listeners) listener(one);
}
const state = { type: 'stateEntered', executionArn, state: 'Pay' };
const status = (text: string) => ({ type: 'executionChanged', executionArn, status: text });

beforeEach(async () => {
  told = [];
  listeners = new Set();
  live = createLive({
    machineArn,
    epoch: 'e1',
    observe(listener, after = told.at(-1)?.id ?? 0) {
      for (const one of told) if (one.id > after) listener(one);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  server = createServer((request, response) => live.open(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  live.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Message {
  readonly id: string;
  readonly data: unknown;
}

/** @param last the id that the browser saw last */
async function open(last?: string): Promise<{ next(): Promise<Message>; cancel(): Promise<void> }> {
  const response = await fetch(url, { headers: last === undefined ? {} : { 'last-event-id': last } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      for (;;) {
        const [, id = '', data = ''] = /id: (.*)\ndata: (.*)\n\n/.exec(text) ?? [];
        if (id !== '') {
          text = text.slice(text.indexOf('\n\n', text.indexOf(data)) + 2);
          return { id, data: JSON.parse(data) };
        }
        const part = await reader?.read();
        if (part?.done !== false) throw new Error('the stream has ended');
        text += part.value;
      }
    },
    cancel: async () => reader?.cancel(),
  };
}

describe('the event stream', () => {
  it('greets, then tells of runs with the status where it changed, several at once as one', async () => {
    const stream = await open();
    expect((await stream.next()).data).toEqual({ type: 'hello' });

    tell(status('RUNNING'));
    tell(state);

    expect(await stream.next()).toEqual({ id: 'e1.2', data: { type: 'runs', runs: { 't.1': 'RUNNING' } } });
    await stream.cancel();
  });

  it('says nothing of other machines’ runs', async () => {
    const stream = await open();
    await stream.next();

    tell({ ...state, executionArn: executionArn.replace('booking', 'other') });
    tell(state);

    expect(await stream.next()).toEqual({ id: 'e1.2', data: { type: 'runs', runs: { 't.1': null } } });
    await stream.cancel();
  });

  it('goes on where the browser was', async () => {
    tell(status('RUNNING'));
    tell(status('SUCCEEDED'));

    const stream = await open('e1.1');
    const messages = [(await stream.next()).data, (await stream.next()).data];

    expect(messages).toEqual([{ type: 'hello' }, { type: 'runs', runs: { 't.1': 'SUCCEEDED' } }]);
    await stream.cancel();
  });

  it.each(['e0.1', 'nonsense'])('tells to begin anew after %s, which another process gave', async (last) => {
    const stream = await open(last);

    expect((await stream.next()).data).toEqual({ type: 'reset' });
    await stream.cancel();
  });

  it('tells to begin anew where some of what came meanwhile is forgotten', async () => {
    tell(state, 5_000);

    const stream = await open('e1.1');

    expect((await stream.next()).data).toEqual({ type: 'reset' });
    await stream.cancel();
  });

  it('tells what faults are armed as it opens and whenever there are others, and keeps the place to come back to', async () => {
    live.close();
    let [armed, watching]: [ArmedFault[], Set<() => void>] = [[], new Set()];
    live = createLive({
      machineArn,
      epoch: 'e1',
      observe: () => () => {},
      faults: {
        armed: () => armed,
        watch(listener) {
          watching.add(listener);
          return () => void watching.delete(listener);
        },
      },
    });
    const reader = (await fetch(url)).body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (words: string): Promise<void> => {
      while (!text.includes(words)) text += (await reader?.read())?.value ?? '';
    };
    await until('{"type":"faults","armed":[]}');
    armed = [{ id: 1, state: 'Pay', kind: 'after', calls: 1, left: 1 }];
    for (const listener of watching) listener();
    await until('"armed":[{"id":1');

    expect(text.match(/^id: .*$/gm)).toEqual(['id: e1.0']);
    await reader?.cancel();
  });

  it('ends with its server, and no listener stays', async () => {
    const stream = await open();
    await stream.next();
    expect(listeners.size).toBe(1);

    live.close();

    await expect(stream.next()).rejects.toThrow();
    expect(listeners.size).toBe(0);
  });
});
