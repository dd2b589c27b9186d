import { compilePattern, type Matches } from '../events/pattern.ts';
import { isObject, messageOf } from '../values.ts';
import { invalidSnsParameter } from './error-codes.ts';

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const mostKeys = 5;
const mostCombinations = 150;
const mostNumber = 1e9;

/** A subscription's FilterPolicy by its scope; without one all messages match. */
export function compileFilter({ FilterPolicy, FilterPolicyScope }: Readonly<Record<string, string>>): Matches {
  if (!FilterPolicy || FilterPolicy === '{}') return () => true;
  const ofBody = FilterPolicyScope === 'MessageBody';
  try {
    const matches = compilePattern(FilterPolicy, 'FilterPolicy');
    const policy = JSON.parse(FilterPolicy, checkNumbers) as Record<string, unknown>;
    const isNested = Object.entries(policy).some(([key, rule]) => key !== '$or' && !Array.isArray(rule));
    if (!ofBody && isNested) {
      throw new Error('Filter policy scope MessageAttributes does not support nested filter policy');
    }
    checkSize(policy);
    // A body that is no JSON object matches nothing, not even that a key is absent.
    return ofBody ? (body) => isObject(body) && matches(body) : matches;
  } catch (error) {
    throw invalidSnsParameter(messageOf(error));
  }
}

/** SNS takes smaller numbers than other event patterns. Called with each member of the policy. */
function checkNumbers(member: string, value: unknown): unknown {
  if (member === 'numeric' && Array.isArray(value) && value.some((one) => Math.abs(one) > mostNumber)) {
    throw new Error('FilterPolicy: Value must be between -1.0E9 and 1.0E9, inclusive');
  }
  return value;
}

function checkSize(policy: Record<string, unknown>): void {
  const leaves = leavesOf(policy, 1);
  if (leaves.length > mostKeys) {
    throw new Error(`FilterPolicy: Filter policy can not have more than ${mostKeys} keys`);
  }
  const combinations = leaves.reduce((product, { values, depth }) => product * values * depth, 1);
  if (combinations > mostCombinations) throw new Error('FilterPolicy: Filter policy is too complex');
}

/** Of `$or` none: AWS adds its alternatives up, which is not done here. */
function leavesOf(policy: Record<string, unknown>, depth: number): { values: number; depth: number }[] {
  return Object.entries(policy).flatMap(([key, rule]) => {
    if (key === '$or') return [];
    if (Array.isArray(rule)) return [{ values: rule.length, depth }];
    return isObject(rule) ? leavesOf(rule, depth + 1) : [];
  });
}
