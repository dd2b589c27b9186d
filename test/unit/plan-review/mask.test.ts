import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '#infra/plan-review/json.ts';
import { readPlan } from '#infra/plan-review/reading/read-plan.ts';
import { markdownReport } from '#infra/plan-review/report/markdown.ts';
import { sarifReport } from '#infra/plan-review/report/sarif.ts';
import { textReport } from '#infra/plan-review/report/text.ts';
import { reviewOf } from '#infra/plan-review/review.ts';

const secretText = 'hunter2-do-not-show';

/** A value with secrets somewhere in it, and the marks that name them, in the form of the value as Terraform has them. */
const marked: fc.Arbitrary<{ value: Json; marks: Json }> = fc.letrec<{ node: { value: Json; marks: Json } }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constant({ value: secretText, marks: true as Json }),
    fc.constant({ value: { inner: [secretText] } as Json, marks: true as Json }),
    fc.string({ maxLength: 5 }).map((value) => ({ value: value as Json, marks: false as Json })),
    fc.array(tie('node'), { maxLength: 3 }).map((nodes) => ({
      value: nodes.map(({ value }) => value) as Json,
      marks: nodes.map(({ marks }) => marks) as Json,
    })),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'policy', 'definition', 'environment', 'tags'), tie('node'))
      .map((nodes) => ({
        value: Object.fromEntries(Object.entries(nodes).map(([name, { value }]) => [name, value])) as Json,
        marks: Object.fromEntries(Object.entries(nodes).map(([name, { marks }]) => [name, marks])) as Json,
      })),
  ),
})).node;

const types = [
  'aws_lambda_function',
  'aws_iam_role_policy',
  'aws_sfn_state_machine',
  'aws_dynamodb_table',
  'aws_ssm_parameter',
  'other',
];

const plan = fc
  .record({
    before: marked,
    after: marked,
    type: fc.constantFrom(...types),
    actions: fc.constantFrom(['update'], ['create'], ['delete'], ['delete', 'create']),
  })
  .map(({ before, after, type, actions }) => {
    const change = {
      actions,
      before: actions[0] === 'create' ? null : { name: 'x', setting: before.value },
      after: actions.length === 1 && actions[0] === 'delete' ? null : { name: 'x', setting: after.value },
      before_sensitive: { setting: before.marks },
      after_sensitive: { setting: after.marks },
      after_unknown: {},
    };
    const resource = { address: `${type}.x`, mode: 'managed', type, change };
    return JSON.stringify({ format_version: '1.2', resource_changes: [resource], resource_drift: [resource] });
  });

describe('a secret', () => {
  it('is in no report, wherever the plan marks it', () => {
    fc.assert(
      fc.property(plan, (text) => {
        const review = reviewOf(readPlan(text));
        for (const report of [textReport(review), markdownReport(review), sarifReport(review, 'plan.json')]) {
          expect(report).not.toContain(secretText);
        }
      }),
    );
  });

  const changeOf = (type: string, change: object): string =>
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [{ address: `${type}.x`, type, change: { actions: ['update'], after_unknown: {}, ...change } }],
      resource_drift: [{ address: `${type}.x`, type, change: { actions: ['update'], after_unknown: {}, ...change } }],
    });
  const reportsOf = (text: string): string => {
    const review = reviewOf(readPlan(text));
    return [textReport(review), markdownReport(review), sarifReport(review, 'plan.json')].join('\n');
  };
  const reference = ['$', '{aws_sqs_queue.q.arn}'].join('');

  it('is not shown of a whole resource that is marked, which still counts as one that is there', () => {
    const text = changeOf('aws_ssm_parameter', {
      before: { name: `p-${secretText}`, value: secretText },
      after: { name: `p-${secretText}`, value: `${secretText}2` },
      before_sensitive: true,
      after_sensitive: true,
    });
    expect(readPlan(text).isFirst).toBe(false);
    expect(reportsOf(text)).not.toContain(secretText);
    expect(reportsOf(text)).toContain('value: (secret) → (another secret)');
  });

  it('is not shown of the path that replaces a resource, whose elements of sets stand there with their values', () => {
    const text = changeOf('aws_sqs_queue', {
      actions: ['delete', 'create'],
      before: { name: 'q' },
      after: { name: 'q' },
      replace_paths: [['rule', { password: secretText }, 'port'], ['name']],
    });
    expect(reportsOf(text)).not.toContain(secretText);
    expect(reportsOf(text)).toContain('replaced for another rule, name');
  });

  it('is not shown of the code in the plan, where a value is not known before the apply', () => {
    const plan = JSON.parse(
      changeOf('aws_ssm_parameter', {
        before: { name: 'p', value: 'old' },
        after: { name: 'p' },
        after_unknown: { value: true },
        after_sensitive: { value: true },
      }),
    );
    const expressions = { value: { constant_value: `${secretText} of ${reference}` } };
    plan.configuration = { root_module: { resources: [{ address: 'aws_ssm_parameter.x', expressions }] } };
    expect(reportsOf(JSON.stringify(plan))).not.toContain(secretText);
  });

  it('of an output, of the state before or of a variable is never read', () => {
    const plan = JSON.parse(changeOf('aws_ssm_parameter', { before: { name: 'p' }, after: { name: 'q' } }));
    plan.output_changes = { o: { actions: ['update'], before: secretText, after: `${secretText}2` } };
    plan.planned_values = { outputs: { o: { value: secretText, sensitive: true } } };
    plan.variables = { v: { value: secretText } };
    plan.prior_state = {
      values: {
        root_module: {
          resources: [
            { address: 'aws_sqs_queue.q', values: { arn: secretText }, sensitive_values: true },
            { address: 'aws_sqs_queue.r', values: { arn: secretText }, sensitive_values: { arn: true } },
          ],
        },
      },
    };
    expect(reportsOf(JSON.stringify(plan))).not.toContain(secretText);
  });

  it.each([
    ['a block that holds backups', 'aws_dynamodb_table', { point_in_time_recovery: [{ enabled: true }] }],
    ['a protection', 'aws_dynamodb_table', { deletion_protection_enabled: true }],
    ['the variables of a function', 'aws_lambda_function', { environment: [{ variables: { A: '1' } }] }],
    ['a policy', 'aws_iam_role_policy', { policy: '{"Statement":[]}' }],
    ['a definition', 'aws_sfn_state_machine', { definition: '{"States":{}}' }],
  ])('that hides %s is a danger when it changes, and none when it stays', (_, type, before) => {
    const [attribute = ''] = Object.keys(before);
    const marks = { before_sensitive: { [attribute]: true }, after_sensitive: { [attribute]: true } };
    const after = { [attribute]: 'other' };
    const dangers = (values: object) => reviewOf(readPlan(changeOf(type, { before, after: values, ...marks }))).dangers;
    expect(dangers({ ...before, tags: { a: 'b' } })).toEqual([]);
    expect(dangers(after)).toHaveLength(1);
  });

  it('that changes is told to change, without either value', () => {
    const change = {
      actions: ['update'],
      before: { name: 'x', value: 'old secret' },
      after: { name: 'x', value: 'new secret' },
      before_sensitive: { value: true },
      after_sensitive: { value: true },
      after_unknown: {},
    };
    const text = JSON.stringify({
      format_version: '1.2',
      resource_changes: [{ address: 'aws_ssm_parameter.x', type: 'aws_ssm_parameter', change }],
    });
    expect(textReport(reviewOf(readPlan(text)))).toContain('value: (secret) → (another secret)');
  });
});
