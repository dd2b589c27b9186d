import type { StackResource } from '../types.ts';
import { StackError } from './stack-error.ts';

/** Types of which AWS has one of a name, and refuses to create another; the attribute that is the name. */
const names: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: 'name',
  aws_dynamodb_table: 'name',
  aws_iam_policy: 'name',
  aws_iam_role: 'name',
  aws_lambda_function: 'function_name',
  aws_sfn_state_machine: 'name',
  aws_sqs_queue: 'name',
  aws_ssm_parameter: 'name',
};

/** @throws StackError for two resources that would be one, the second in place of the first */
export function refuseTwins(resources: ReadonlyMap<string, readonly StackResource[]>): void {
  for (const [type, attribute] of Object.entries(names)) {
    const owners = new Map<unknown, string>();
    for (const { name, attributes } of resources.get(type) ?? []) {
      const value = attributes[attribute];
      const owner = owners.get(value);
      if (value !== undefined && owner !== undefined) {
        const place = `${type}.${name}.${attribute}`;
        throw new StackError(`"${value}" is that of ${type}.${owner}, too: each needs its own`, { place });
      }
      owners.set(value, name);
    }
  }
}
