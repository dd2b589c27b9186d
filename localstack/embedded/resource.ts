import type { StackResource } from './types.ts';
import { messageOf } from './values.ts';

/** As Terraform writes it, `aws_sqs_queue.Orders`. */
export const addressOf = ({ type, name }: StackResource): string => `${type}.${name}`;

/** Runs what reads a resource: its errors begin with the resource's address. */
export function naming<T>(resource: StackResource, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new Error(`${addressOf(resource)}: ${messageOf(cause)}`, { cause });
  }
}

/**
 * For attributes that would be left undone without a word.
 * @param refused by attribute, what to write instead
 * @throws Error that names the first of them that the stack gives
 */
export function refuseAttributes(resource: StackResource, refused: Readonly<Record<string, string>>): void {
  for (const [attribute, advice] of Object.entries(refused)) {
    const value = resource.attributes[attribute] ?? [];
    if (typeof value === 'object' && Object.keys(value).length === 0) continue;
    throw new Error(`${addressOf(resource)}.${attribute} is not served by the local cloud: ${advice}`);
  }
}

/** Of a whole number. @throws Error that names the place in the stack file */
export function checkRange(place: string, value: unknown, [least, most]: readonly [number, number]): void {
  if (Number.isInteger(Number(value)) && Number(value) >= least && Number(value) <= most) return;
  throw new Error(`${place}: is a whole number between ${least} and ${most}, not ${value}`);
}

/** What AWS takes of something without being asked, and at most. */
interface Quota {
  readonly quota: number;
  readonly most: number;
  readonly what: string;
  /** What to write instead. */
  readonly advice: string;
}

/** Warns of what is over a quota that AWS raises on request. @throws Error that names the place, for what AWS never takes */
export function checkQuota(
  place: string,
  count: number,
  { quota, most, what, advice }: Quota,
  warn: (message: string) => void,
): void {
  if (count > most) throw new Error(`${place}: has ${count} ${what}, and AWS takes at most ${most}: ${advice}`);
  if (count > quota)
    warn(`${place}: has ${count} ${what}, and AWS refuses them unless it has raised the quota of ${quota}`);
}
