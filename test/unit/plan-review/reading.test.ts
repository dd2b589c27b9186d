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

describe('what a plan says beside its changes', () => {
  const planOf = (more: object): string => JSON.stringify({ format_version: '1.2', ...more });
  const drift = (address: string, mode: string) => ({
    ...{ address, type: 'aws_sqs_queue', mode },
    change: { actions: ['update'], before: { name: 'q' }, after: { name: 'r' } },
  });

  it('given a resource that Terraform forgets, when the plan is read, then it counts as destroyed', () => {
    const change = { actions: ['forget'], before: { name: 'q' }, after: null };
    const resource_changes = [{ address: 'aws_sqs_queue.q', type: 'aws_sqs_queue', change }];
    expect(readPlan(planOf({ resource_changes })).changes).toMatchObject([{ action: 'delete', after: undefined }]);
  });

  it('given no action, when the plan is read, then the resource stays as it is', () => {
    const resource_changes = [{ address: 'a.b', type: 'a', change: { actions: [] } }];
    expect(readPlan(planOf({ resource_changes })).changes).toMatchObject([{ action: 'no-op', unknown: {} }]);
  });

  it('given a configuration alone, when the plan is read, then nothing changes', () => {
    const reading = readPlan(planOf({ configuration: {} }));
    expect(reading).toMatchObject({ changes: [], drift: [], isFirst: true });
    expect(reading.templateOf('aws_sqs_queue.q', 'policy')).toBeUndefined();
  });

  it('given drift of data, when the plan is read, then only that of resources is told', () => {
    const resource_drift = [drift('data.aws_sqs_queue.a', 'data'), drift('aws_sqs_queue.b', 'managed')];
    const { drift: told } = readPlan(planOf({ resource_changes: [], resource_drift }));
    expect(told.map(({ address }) => address)).toEqual(['aws_sqs_queue.b']);
  });

  it('given code and a state, when they are asked, then only texts are answered', () => {
    const expressions = { name: { constant_value: 'n' }, count: { constant_value: 5 }, block: [{}] };
    const values = { arn: 'arn:q', size: 5, tags: { a: 'b' } };
    const reading = readPlan(
      planOf({
        configuration: {
          root_module: { resources: [{ address: 'aws_sqs_queue.q', expressions }, { address: 'aws_sqs_queue.r' }] },
        },
        prior_state: { values: { root_module: { resources: [{ address: 'aws_sqs_queue.q', values }] } } },
      }),
    );
    expect(['name', 'count', 'block', 'other'].map((name) => reading.templateOf('aws_sqs_queue.q', name))).toEqual([
      ...['n', undefined, undefined, undefined],
    ]);
    expect(reading.templateOf('aws_sqs_queue.r', 'name')).toBeUndefined();
    expect(['arn', 'size', 'tags.a', 'arn.more'].map((path) => reading.valueOf(`aws_sqs_queue.q.${path}`))).toEqual([
      ...['arn:q', undefined, 'b', undefined],
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

  it('given what is no resource, when the files are read, then it is left out', () => {
    const { changes } = readStacks(undefined, file({ aws_sqs_queue: { Q: { name: 'q' }, R: 'text' }, other: 'text' }));
    expect(changes.map(({ address }) => address)).toEqual(['aws_sqs_queue.Q']);
  });

  it('given a provider for another Region, when the files are read, then it has an address of its own', () => {
    const withProviders = (aws: unknown) => JSON.stringify({ resource: {}, provider: { aws } });
    const one = { region: 'eu-west-1', secret_key: 's' };
    const { settings } = readStacks(
      withProviders(one),
      withProviders([one, 'text', { alias: 'us', region: 'us-east-1', token: 't' }]),
    );
    expect(settings.filter(({ type }) => type === 'provider')).toMatchObject([
      { address: 'provider.aws', action: 'no-op', after: { region: 'eu-west-1' } },
      { address: 'provider.aws.us', action: 'create', after: { region: 'us-east-1' } },
    ]);
    expect(JSON.stringify(settings)).not.toMatch(/secret_key|token|alias/);
  });

  it('given files, when they are asked for templates and values, then they have none', () => {
    const reading = readStacks(undefined, queue({ name: 'q' }));
    expect([reading.templateOf('aws_sqs_queue.Q', 'name'), reading.valueOf('aws_sqs_queue.Q.name')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
