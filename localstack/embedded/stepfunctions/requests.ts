import type { Randomness } from '../ports.ts';
import { AwsError } from '../types.ts';
import type { StatusChange } from './contract.ts';
import { exceedsQuota } from './json.ts';

type Input = Readonly<Record<string, unknown>>;

/** White space, brackets, wildcards, special and control characters, surrogates and noncharacters (API reference, StartExecution). */
const FORBIDDEN_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\u{fffe}\u{ffff}\ud800-\udfff]/u;
const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${message}`);
}

export function textMember(input: Input, member: string): string {
  const value = input[member];
  if (typeof value === 'string') return value;
  throw validationError(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
}

export function optionalText(input: Input, member: string, maxLength: number): string | null {
  const value = input[member] ?? null;
  if (value === null) return null;
  if (typeof value === 'string' && value.length <= maxLength) return value;
  throw validationError(
    `Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
  );
}

/** An ARN of Step Functions of the wanted kind, else InvalidArn. */
export function arnMember(input: Input, member: string, kind: 'stateMachine' | 'execution'): string {
  const arn = textMember(input, member);
  if (!arn.startsWith('arn:')) throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  const [, , service, , account, type] = arn.split(':');
  if (service === 'states' && account !== undefined && type === kind) return arn;
  throw new AwsError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${arn}'`);
}

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];
const REDRIVES = ['REDRIVEN', 'NOT_REDRIVEN'];

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export function executionFilter(input: Input): (change: StatusChange) => boolean {
  const status = wordMember(input, 'statusFilter', STATUSES);
  const redriven = wordMember(input, 'redriveFilter', REDRIVES);
  return (change) =>
    (status === undefined || change.status === status) &&
    (redriven === undefined || (change.redrive === undefined) === (redriven === 'NOT_REDRIVEN'));
}

function wordMember(input: Input, member: string, words: readonly string[]): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (words.includes(String(value))) return String(value);
  const constraint = `Member must satisfy enum value set: [${words.join(', ')}]`;
  throw validationError(`Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`);
}

/** @throws ValidationException for a wrong word, and for the one that leaves out what this Step Functions does not encrypt */
export function checkIncludedData(input: Input): void {
  const word = wordMember(input, 'includedData', ['ALL_DATA', 'METADATA_ONLY']);
  if (word === 'METADATA_ONLY') {
    throw new AwsError('ValidationException', `includedData ${word} is not served by the local cloud.`);
  }
}

/** An execution's name by AWS's rules, a random one where none is given. */
export function executionName(input: Input, randomness: Randomness): string {
  const { name } = input;
  if (name === undefined || name === null) return randomness.uuid();
  if (typeof name !== 'string' || name.length < 1 || name.length > 80 || FORBIDDEN_IN_NAMES.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  }
  return name;
}

/** An execution's input as JSON text; `{}` where none is given. */
export function executionInput({ input }: Input): string {
  if (input === undefined || input === null) return '{}';
  if (typeof input !== 'string') throw invalidInput('not a string');
  if (exceedsQuota(input)) throw invalidInput('longer than 262144 bytes');
  try {
    JSON.parse(input);
  } catch (error) {
    throw invalidInput((error as Error).message);
  }
  return input;
}

function invalidInput(reason: string): AwsError {
  return new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
}

/** Page length: absent or 0 is 100, at most 1000. */
export function pageLength({ maxResults = 0 }: Input): number {
  if (Number.isInteger(maxResults) && (maxResults as number) >= 0 && (maxResults as number) <= MAX_PAGE) {
    return (maxResults as number) || DEFAULT_PAGE;
  }
  throw validationError(
    `Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must be between 0 and ${MAX_PAGE}`,
  );
}

/** What is told in pages. */
export interface Pages<T> {
  readonly items: readonly T[];
  /** Of its own to each. */
  keyOf(item: T): string;
  /** Falls from item to item. A token whose item has been forgotten goes on with the next one that is not higher. */
  rankOf(item: T): number;
  /** Binds a token to the request that gave it. */
  readonly scope: string;
}

/** One page of the items after the one that the token names. */
export function page<T>(pages: Pages<T>, input: Input): { readonly items: readonly T[]; readonly nextToken?: string } {
  const { items, keyOf, rankOf, scope } = pages;
  const length = pageLength(input);
  const start = input.nextToken ? positionAfter(pages, input.nextToken) : 0;
  const slice = items.slice(start, start + length);
  const last = slice.at(-1);
  if (last === undefined || start + length >= items.length) return { items: slice };
  return {
    items: slice,
    nextToken: Buffer.from(JSON.stringify([scope, keyOf(last), rankOf(last)])).toString('base64url'),
  };
}

function positionAfter<T>({ items, keyOf, rankOf, scope }: Pages<T>, token: unknown): number {
  const [of, key, rank] = decode(token) ?? [];
  if (of !== scope || typeof rank !== 'number') throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  const position = items.findIndex((item) => keyOf(item) === key);
  if (position >= 0) return position + 1;
  const next = items.findIndex((item) => rankOf(item) <= rank);
  return next < 0 ? items.length : next;
}

function decode(token: unknown): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(token), 'base64url').toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
