import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startExecution } from '#test/support/e2e/saga.ts';
import { aTripOf, openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';
import type { LiveMessage, RunRow } from '../../../localstack/console/model/wire.ts';
import { type ServedConsole, serveConsole } from '../../../localstack/console/serve.ts';
import { type OpenSource, openEndpointSource } from '../../../localstack/console/server/endpoint-source.ts';

const target = openSuite(openFaultyCloud);

let opened: OpenSource;
let served: ServedConsole;
beforeAll(async () => {
  const { awsUrl: endpoint } = target.cloud;
  opened = await openEndpointSource({ stage: 'local', region: 'us-east-1', endpoint, actions: false, warn: () => {} });
  served = await serveConsole(opened.source, 0);
});
afterAll(async () => {
  await served?.close();
  opened?.close();
});

const api = async (path: string): Promise<unknown> => (await fetch(`${served.url}/api${path}`)).json();

/** Reads the stream until it tells that the run has that status. */
async function told(response: Response, name: string, status: string): Promise<void> {
  let text = '';
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    const messages = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as LiveMessage);
    if (messages.some((message) => message.type === 'runs' && message.runs[name] === status)) return;
  }
  throw new Error(`the stream ended before ${name} was ${status}`);
}

describe('the console of an endpoint', () => {
  it('sees a run begin and end, and shows its events, its state machine and its records', async () => {
    const stream = await fetch(`${served.url}/api/stream`);
    const { input } = await aTripOf(target);
    const name = input.execution_id;
    await startExecution(target, name, input);
    await told(stream, name, 'SUCCEEDED');

    const rows = (await api('/runs')) as RunRow[];
    expect(rows.find((row) => row.name === name)).toMatchObject({ status: 'SUCCEEDED', trip: input.trip_id });
    expect(await api(`/runs/${name}`)).toMatchObject({ run: { customer: 'e2e' }, actions: [] });
    expect(await api(`/runs/${name}/events`)).toContainEqual(
      expect.objectContaining({ type: 'TaskStateEntered', state: 'ReserveHotel', at: expect.any(Number) }),
    );
    expect(await api(`/data/trips/${input.trip_id}`)).toMatchObject({ data: { trip: input.trip_id } });
    expect(await api('/start')).toMatchObject({ actions: false, books: false, machine: expect.any(String) });
  }, 60_000);

  it('changes nothing: every POST is refused, before anything is asked of the target', async () => {
    const ofRuns = ['/runs/a/stop', '/runs/a/cancel', '/runs/a/redrive', '/book', '/burst'];
    const others = ['/trouble/letters/redrive', '/faults', '/faults/disarm', '/anything/else'];
    const statuses = [...ofRuns, ...others].map(async (path) => {
      const headers = { 'content-type': 'application/json', origin: new URL(served.url).origin };
      return (await fetch(`${served.url}/api${path}`, { method: 'POST', headers, body: '{}' })).status;
    });

    expect(new Set(await Promise.all(statuses))).toEqual(new Set([403]));
  });

  it('says of what it cannot know that it does not know it', async () => {
    for (const what of ['trouble/denials', 'trouble/alarms', 'trouble/messages', 'trouble/metrics', 'faults']) {
      expect((await fetch(`${served.url}/api/${what}`)).status).toBe(409);
    }
    expect(await api('/trouble/letters')).toEqual([]);
  }, 30_000);

  it('leads from the root to the page, and has nothing beside it', async () => {
    const root = await fetch(new URL('/', served.url), { redirect: 'manual' });

    expect([root.status, root.headers.get('location')]).toEqual([302, '/_console/runs']);
    expect((await fetch(new URL('/_consoles', served.url))).status).toBe(404);
  });
});

it('tells in words that the stage is not there', async () => {
  const { awsUrl: endpoint } = target.cloud;
  const open = openEndpointSource({ stage: 'dev', region: 'us-east-1', endpoint, actions: false, warn: () => {} });

  await expect(open).rejects.toMatchObject({ name: 'ParameterNotFound' });
});
