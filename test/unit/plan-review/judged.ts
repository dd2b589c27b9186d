import { readPlan } from '#infra/plan-review/reading/read-plan.ts';
import { reviewOf } from '#infra/plan-review/review.ts';

export interface Values {
  readonly [name: string]: unknown;
}

/** A plan over two resources, of which one is there already and stays, so that it is not the first deployment. */
export const sentencesOf = (
  type: string,
  before: Values | null,
  after: Values | null,
  after_unknown: Values = {},
): string[] => {
  const actions = before === null ? ['create'] : after === null ? ['delete'] : ['update'];
  const there = { actions: ['no-op'], before: { name: 'there' }, after: { name: 'there' } };
  const resource_changes = [
    { address: `${type}.R`, type, change: { actions, before, after, after_unknown } },
    { address: 'aws_sqs_queue.There', type: 'aws_sqs_queue', change: there },
  ];
  const review = reviewOf(readPlan(JSON.stringify({ format_version: '1.2', resource_changes })));
  return review.dangers.map(({ sentence }) => sentence);
};
