import { describe, expect, it } from '@jest/globals';
import { UnreadableError } from '#infra/plan-review/reading/change.ts';
import { readPlan } from '#infra/plan-review/reading/read-plan.ts';
import { readStacks } from '#infra/plan-review/reading/read-stacks.ts';

describe('a plan', () => {
  it.each([
    ['no JSON', 'terraform show -json'],
    ['[]', 'no plan of Terraform'],
    ['{}', 'format_version'],
    ['{"format_version":"2.0","resource_changes":[]}', 'version 2.0, and only 1.x is understood'],
    ['{"format_version":"2.0","resource_changes":"of another form"}', 'version 2.0, and only 1.x is understood'],
    ['{"format_version":"1.2","resource_changes":[],"errored":true}', 'ended this plan with an error'],
    ['{"format_version":"1.0","values":{}}', 'a state, not a plan'],
    ['{"format_version":"1.2","resource_changes":[{"address":"a"}]}', 'type'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => readPlan(text)).toThrow(UnreadableError);
    expect(() => readPlan(text)).toThrow(message);
  });

  it('of a later minor version is read, and what it does not know is left out', () => {
    const text = JSON.stringify({
      format_version: '1.9',
      new_thing: {},
      resource_changes: [
        {
          address: 'aws_sqs_queue.q',
          type: 'aws_sqs_queue',
          mode: 'managed',
          change: { actions: ['create'], after: { name: 'q' } },
        },
        { address: 'data.x.y', type: 'x', mode: 'data', change: { actions: ['read'] } },
      ],
    });
    expect(readPlan(text)).toMatchObject({ isFirst: true, changes: [{ action: 'create', after: { name: 'q' } }] });
  });

  it('says why a resource is replaced', () => {
    const change = {
      actions: ['create', 'delete'],
      before: {},
      after: {},
      replace_paths: [['name'], ['attribute', 0, 'type']],
    };
    const text = JSON.stringify({ format_version: '1.2', resource_changes: [{ address: 'a.b', type: 'a', change }] });
    expect(readPlan(text).changes).toEqual([
      expect.objectContaining({ action: 'replace', replacedFor: ['name', 'attribute.0.type'] }),
    ]);
  });
});

describe('two synthesized files', () => {
  const file = (resource: object): string => JSON.stringify({ resource });
  const queue = (values: object) =>
    file({ aws_sqs_queue: { Q: { '//': { metadata: {} }, depends_on: [], ...values } } });
  const actionOf = (before: string | undefined, after: string) => readStacks(before, after).changes[0]?.action;

  it.each([
    ['the same', queue({ name: 'q' }), queue({ name: 'q', depends_on: ['x'] }), 'no-op'],
    ['another setting', queue({ name: 'q' }), queue({ name: 'q', delay_seconds: 5 }), 'update'],
    ['another name', queue({ name: 'q' }), queue({ name: 'r' }), 'replace'],
    ['no more', queue({ name: 'q' }), file({}), 'delete'],
    ['new', file({}), queue({ name: 'q' }), 'create'],
    ['the first file', undefined, queue({ name: 'q' }), 'create'],
  ])('%s', (_, before, after, action) => {
    expect(actionOf(before, after)).toBe(action);
  });

  it.each(['no JSON', '[]', '{}'])('%j is refused', (text) => {
    expect(() => readStacks(text, text)).toThrow(UnreadableError);
  });
});
