import { type SynthesizedStack, scopeOf } from './stack-scope.ts';
import type { PolicyDocument } from './statement.ts';

/**
 * What `npm run versions -- prune --apply` needs. Functions themselves it cannot remove: their ARNs have no version behind the name.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
export function versionsPolicyOf(stack: SynthesizedStack, accountId: string, stage: string): PolicyDocument {
  const { region, account, patterns } = scopeOf(stack, accountId);
  const arns = (service: string, kind: string, names: readonly string[], after = ''): string[] =>
    names.map((name) => `arn:aws:${service}:${region}:${account}:${kind}${name}${after}`);
  const functions = patterns('aws_lambda_function', 'function_name');
  const machines = patterns('aws_sfn_state_machine', 'name');
  const allow = (Action: readonly string[], Resource: readonly string[]) =>
    ({ Effect: 'Allow', Action, Resource }) as const;
  return {
    Version: '2012-10-17',
    Statement: [
      allow(['lambda:ListVersionsByFunction'], arns('lambda', 'function:', functions)),
      allow(['lambda:DeleteFunction'], arns('lambda', 'function:', functions, ':*')),
      allow(['states:DescribeStateMachine', 'states:ListExecutions'], arns('states', 'stateMachine:', machines)),
      allow(['states:DescribeStateMachineForExecution'], arns('states', 'execution:', machines, ':*')),
      allow(['ssm:GetParameter'], arns('ssm', 'parameter/', [`${stage}/service/booking/statemachine/processBooking`])),
    ],
  };
}
