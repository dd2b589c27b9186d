import { parsePolicy } from '../iam/policy.ts';
import { StackError } from '../stack/stack-error.ts';
import type { AwsError } from '../types.ts';

/** @throws what `refusal` makes of a policy that AWS would refuse or that cannot be judged here: each later call would fail on it. */
export function checkGivenPolicy(policy: string | undefined, refusal: (problem: string) => AwsError): void {
  if (!policy) return;
  try {
    parsePolicy('Policy', policy, 'resource');
  } catch (error) {
    throw error instanceof StackError ? refusal(error.message) : error;
  }
}
