import { describe, expect, it } from '@jest/globals';
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
});
