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
