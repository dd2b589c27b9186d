import type { JsonObject } from '../json.ts';

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'no-op' | 'read';

/** What becomes of one resource. Secrets are masked in all of it. */
export interface Change {
  /** `aws_sqs_queue.Redrive` */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Undefined where there is none yet. */
  readonly before: JsonObject | undefined;
  /** Leaves out values that are unknown before the apply; undefined if the resource will be gone. */
  readonly after: JsonObject | undefined;
  /** True at each attribute that is not known before the apply. */
  readonly unknown: JsonObject;
  /** Attributes that force the replacement, as in `name` or `attribute.0.type`. */
  readonly replacedFor: readonly string[];
}

/** What a plan, or two synthesized files, say. */
export interface Reading {
  readonly changes: readonly Change[];
  /** The settings of provider, state and versions; none for a plan, which tells only those that it was made with. */
  readonly settings: readonly Change[];
  /** What has changed outside of Terraform. */
  readonly drift: readonly Change[];
  /** Whether nothing of the service is there yet. */
  readonly isFirst: boolean;
  /** The text of an attribute with its references, as in `${aws_sqs_queue.Redrive.arn}`; undefined where it is not kept. */
  templateOf(address: string, attribute: string): string | undefined;
  /** The value before of a reference like `aws_sqs_queue.Redrive.arn`; undefined where it is not known. */
  valueOf(reference: string): string | undefined;
}

/** Thrown for a file that is no plan, or one of a format that is not understood. */
export class UnreadableError extends Error {}
