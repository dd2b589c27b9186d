import { describe, expect, it } from '@jest/globals';
import { createStore } from '#embedded/store/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { anEvent, aTarget, ended, queueArn, sent, start, warnings } from './events-setup.ts';

describe('the template of a target', () => {
  it.each([
    ['an object of a text loses its quotes', '"it is <included>"', '"it is {included:true}"'],
    ['and so does a list', '"ran <runs>"', '"ran [arn:aws:states:us-east-1:000000000000:execution:m:t1.x]"'],
    ['what the event lacks is empty in a text', '"<absent>!"', '"!"'],
    ['and an empty text in JSON', '{"absent":<absent>,"text":"<absent>!"}', '{"absent":"","text":"!"}'],
  ])('fills a template as AWS does: %s', async (_what, input_template, body) => {
    const input_paths = { included: '$.detail.inputDetails', runs: '$.resources', absent: '$.detail.absent' };
    await start([ended], [aTarget('ended', queueArn, { input_transformer: { input_paths, input_template } })]).put(
      anEvent(),
    );

    expect(sent[0]?.[1]).toBe(body);
  });

  it('names the members of <aws.events.event> as AWS does', async () => {
    const input_transformer = { input_template: '{"event":<aws.events.event>}' };
    await start([ended], [aTarget('ended', queueArn, { input_transformer })]).put(anEvent());

    expect(Object.keys(JSON.parse(String(sent[0]?.[1])).event)).toEqual([
      'id',
      'account',
      'detailType',
      'time',
      'source',
      'region',
      'resources',
      'version',
    ]);
  });

  it('loses, with a warning, an event for which its template makes no JSON', async () => {
    const input_transformer = { input_paths: { runs: '$.resources' }, input_template: '{"runs":"<runs>"}' };
    await start([ended], [aTarget('ended', queueArn, { input_transformer })]).put(anEvent());

    expect(sent).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('has <runs> between quotes')]);
  });

  it('tells when the event was received, and not what it says of its own time, also after a restart', async () => {
    const ports = createVirtualTime({ start: Date.parse('2026-11-26T10:00:00.500Z') });
    const input_transformer = { input_template: '<aws.events.event.ingestion-time>' };
    const store = createStore();
    const targets = [aTarget('ended', queueArn, { input_transformer })];
    await start([ended], targets, { ports, store }).put(anEvent());
    void start([ended], targets, { ports, store, ready: new Promise(() => {}) }).put(anEvent());
    await ports.advance(3_600_000);
    await start([ended], targets, { ports, store }).put({ ...anEvent(), id: 'later' });

    expect(sent.map(([, body]) => body)).toEqual([
      '"2026-11-26T10:00:00Z"',
      '"2026-11-26T10:00:00Z"',
      '"2026-11-26T11:00:00Z"',
    ]);
  });

  it.each([
    [{ input: '{"a":1}' }, { Input: '{"a":1}' }],
    [{ input_path: '$.detail' }, { InputPath: '$.detail' }],
    [
      { input_transformer: { input_paths: { n: '$.id' }, input_template: '<n>' }, role_arn: 'arn:r' },
      { InputTransformer: { InputPathsMap: { n: '$.id' }, InputTemplate: '<n>' }, RoleArn: 'arn:r' },
    ],
  ])('is listed with the target: %j', async (attributes, described) => {
    const events = start([ended], [aTarget('ended', queueArn, { target_id: 't', ...attributes })]);
    const { Targets } = await events.call('ListTargetsByRule', { Rule: 'ended' }, OUTSIDE);

    expect(Targets).toEqual([{ Id: 't', Arn: queueArn, ...described }]);
  });
});
