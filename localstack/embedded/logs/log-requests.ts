/** What CloudWatch Logs' reads ask, and how they are refused. */
import { AwsError } from '../types.ts';

type Json = Readonly<Record<string, unknown>>;

export const code = 'InvalidParameterException';

/** Of each pair a request may have one. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
const pairs = [
  ['logGroupName', 'logGroupIdentifier'],
  ['logGroupNamePrefix', 'logGroupNamePattern'],
  ['logGroupIdentifiers', 'logGroupNamePrefix'],
  ['logGroupIdentifiers', 'logGroupNamePattern'],
  ['logGroupIdentifiers', 'logGroupClass'],
  ['logStreamNames', 'logStreamNamePrefix'],
] as const;

export const invalid = (message: string) => new AwsError(code, message);

export const missing = (what: 'group' | 'stream') =>
  new AwsError('ResourceNotFoundException', `The specified log ${what} does not exist.`);

export function checkPairs(input: Json): void {
  const both = pairs.find(([one, other]) => input[one] !== undefined && input[other] !== undefined);
  if (both !== undefined) throw invalid(`Only one of ${both.join(' and ')} can be specified.`);
}

/** The first word where the request has none. */
export function wordOf(input: Json, member: string, words: readonly string[]): string {
  const word = String(input[member] ?? words[0]);
  if (words.includes(word)) return word;
  const constraint = `Member must satisfy enum value set: [${words.join(', ')}]`;
  const message = `1 validation error detected: Value '${word}' at '${member}' failed to satisfy constraint: ${constraint}`;
  throw invalid(message);
}
