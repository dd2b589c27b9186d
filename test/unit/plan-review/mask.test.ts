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
