import { describe, expect, it } from '@jest/globals';
import { type Purpose, policiesOf } from '#infra/deploy-policy/policies.ts';
import type { SynthesizedStack } from '#infra/deploy-policy/stack-scope.ts';
import { mergeStatements, policySize, type Statement, splitStatements } from '#infra/deploy-policy/statement.ts';

const account = '123456789012';
const stack = (
  resource: SynthesizedStack['resource'],
  backend: SynthesizedStack['terraform']['backend'] = { local: {} },
): SynthesizedStack => ({
  resource,
  provider: { aws: [{ region: 'eu-west-1' }] },
  terraform: { backend },
  '//': { metadata: { stackName: 'booking-saga-dev' } },
});
const actionsOf = (of: SynthesizedStack, purpose: Purpose) =>
  policiesOf(of, account, purpose).flatMap((document) => document.Statement.flatMap(({ Action }) => Action));

describe('the policies of a stack', () => {
  const queue = { aws_sqs_queue_policy: { P: {} }, aws_sqs_queue: { Q: { name: 'booking-saga-dev-q' } } };

  it('given a queue, then a plan reads alone, and a deployment writes, too', () => {
    expect(actionsOf(stack(queue), 'plan')).toContain('sqs:GetQueueAttributes');
    expect(actionsOf(stack(queue), 'plan')).not.toContain('sqs:SetQueueAttributes');
    expect(actionsOf(stack(queue), 'deploy')).toContain('sqs:SetQueueAttributes');
  });

  it('given a state in a bucket, then a plan reads it, and a deployment locks it', () => {
    const of = stack({}, { s3: { bucket: 'states', key: 'dev.tfstate' } });

    expect(actionsOf(of, 'plan').sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(new Set(actionsOf(of, 'deploy'))).toEqual(
      new Set(['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject']),
    );
  });

  it('given nothing, then there is no policy', () => {
    expect(policiesOf(stack({}), account, 'deploy')).toEqual([]);
  });

  it('given a permission of a function that the stack has not, then it is refused: it would allow nothing', () => {
    expect(() => policiesOf(stack({ aws_lambda_permission: { P: {} } }), account, 'plan')).toThrow(
      'lambda:GetPolicy would be allowed on nothing: the stack has none of the resources that they are for',
    );
  });
});

describe('statements', () => {
  const allow = (Action: string[], Resource: string[], more: Partial<Statement> = {}): Statement => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...more,
  });
  const Condition = { StringEquals: { a: 'b' } };

  it('given the same resources and condition, then they are one, sorted and without repetition', () => {
    const merged = mergeStatements([
      allow(['s:Put', 's:Get'], ['b', 'a']),
      allow(['s:Get', 's:Add'], ['a', 'b', 'a']),
      allow(['s:Add'], ['a', 'b'], { Condition }),
    ]);

    expect(merged).toEqual([
      allow(['s:Add', 's:Get', 's:Put'], ['a', 'b']),
      allow(['s:Add'], ['a', 'b'], { Condition }),
    ]);
  });

  const [one, two] = [allow(['s:One'], ['r']), allow(['s:Two'], ['r'])];
  const sizeOf = (...statements: Statement[]) => policySize({ Version: '2012-10-17', Statement: statements });

  it.each([
    ['both', sizeOf(one, two), [[one, two]]],
    ['one less a character', sizeOf(one, two) - 1, [[one], [two]]],
    ['one alone', sizeOf(one), [[one], [two]]],
  ])('given a limit that takes %s, then there are as few documents as hold them', (_, limit, documents) => {
    expect(splitStatements([one, two], limit).map(({ Statement }) => Statement)).toEqual(documents);
  });

  it('given a statement that is over the limit alone, then it is named with its size', () => {
    const limit = sizeOf(one) - 1;

    expect(() => splitStatements([one], limit)).toThrow(
      `The statement of s:One has ${limit + 1} characters, a managed policy ${limit}: give fewer resources or actions in one grant`,
    );
  });
});
