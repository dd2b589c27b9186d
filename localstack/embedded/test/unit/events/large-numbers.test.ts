import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createStore } from '#embedded/store/index.ts';
import { OUTSIDE, type StackResource } from '#embedded/types.ts';
import { aRule, aTarget, queueArn, sent, setFailures, start } from './events-setup.ts';

const large = '9007199254740993';
const rule = aRule('sold', { event_pattern: '{"source":["shop"],"detail":{"kind":["a"]}}' });
const Detail = `{ "n": ${large}, "list": [-${large}, 1.5, 1e30], "text": "${large}", "kind": "a" }`;
const entry = { Source: 'shop', DetailType: 'Sold', Detail };
const written = `{"n":${large},"list":[-${large},1.5,1e+30],"text":"${large}","kind":"a"}`;

const bodyFor = async (attributes: StackResource['attributes'] = {}): Promise<unknown> => {
  const events = start([rule], [aTarget('sold', queueArn, attributes)]);
  await events.call('PutEvents', { Entries: [entry] }, OUTSIDE);
  while (sent.length === 0) await setImmediate();
  return sent[0]?.[1];
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: whole numbers of 64 bits. */
describe('a whole number that JavaScript would round', () => {
  it('goes to a queue with all its digits', async () => {
    const body = await bodyFor();

    expect(body).toEqual(expect.stringMatching(/^{"version":"0",.*}$/));
    expect(String(body).endsWith(`"detail":${written}}`)).toBe(true);
  });

  it('keeps them by a path', async () => {
    expect(await bodyFor({ input_path: '$.detail.n' })).toBe(large);
  });

  it.each([
    ['{"n":<n>,"of":"<n>"}', `{"n":${large},"of":"${large}"}`],
    ['{"all":<list>}', `{"all":[-${large},1.5,1e+30]}`],
    ['"<n> of <list>"', `"${large} of [-${large},1.5,1e+30]"`],
  ])('keeps them in the template %s', async (input_template, body) => {
    const input_paths = { n: '$.detail.n', list: '$.detail.list' };

    expect(await bodyFor({ input_transformer: { input_paths, input_template } })).toBe(body);
  });

  it('keeps them over the end of a process', async () => {
    const store = createStore();
    setFailures([new Error('busy')]);
    const first = start([rule], [aTarget('sold', queueArn)], { store, retryDelayMs: 60_000 });
    await first.call('PutEvents', { Entries: [entry] }, OUTSIDE);
    await first.close();
    start([rule], [aTarget('sold', queueArn)], { store });
    while (sent.length === 0) await setImmediate();

    expect(String(sent[0]?.[1])).toContain(written);
  });

  it('is not brought back where a test has changed the event', async () => {
    const events = start([rule], [aTarget('sold', queueArn)]);
    events.intercept((event) => [{ ...event, detail: { kind: 'a', n: 2 } }]);
    await events.call('PutEvents', { Entries: [entry] }, OUTSIDE);
    while (sent.length === 0) await setImmediate();

    expect(String(sent[0]?.[1])).toContain('"detail":{"kind":"a","n":2}}');
  });
});
