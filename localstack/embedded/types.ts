/** The few shapes that all parts of the local cloud share. */

/** Who makes a call: a role of the stack, or a caller from outside (any credentials), who may do everything. */
export interface Caller {
  readonly roleArn: string | undefined;
}

export const OUTSIDE: Caller = Object.freeze({ roleArn: undefined });

/** An error as AWS answers it: `code` is the exception's name without a service prefix. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  readonly code: string;
  readonly statusCode: number;
  /** Further members of the error's body, for instance DynamoDB's `CancellationReasons`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, statusCode = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
    this.details = details;
  }
}

/** Facts of a request by condition key, in any letter case: `aws:SourceArn`, `dynamodb:LeadingKeys`, … */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/**
 * Throws an `AwsError` (AccessDenied) unless the caller may do `action` on `resourceArn` with these facts, by its role or by
 * the resource's policy. `policy` is that policy where the stack's file does not have it; empty where there is none.
 */
export type Authorize = (
  caller: Caller,
  action: string,
  resourceArn: string,
  context?: Context,
  policy?: string,
) => void;

/** One AWS service, called by operation name with the SDK's input shape, answering the SDK's output shape. */
export interface AwsService {
  call(operation: string, input: Record<string, unknown>, caller: Caller): Promise<Record<string, unknown>>;
  /** Names of those that it serves. */
  readonly operations?: readonly string[];
}

export interface Closable {
  close(): Promise<void>;
}

/** A resource of the synthesized stack with every reference resolved and its computed attributes (`arn`, `id`, `url`, …) added. */
export interface StackResource {
  /** Terraform type, for instance `aws_lambda_function`. */
  readonly type: string;
  /** Logical name in the synthesized file. */
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: Terraform attributes are as varied as AWS itself; each part reads its own.
  readonly attributes: Readonly<Record<string, any>>;
}

export interface Stack {
  readonly region: string;
  readonly accountId: string;
  /** Folder of the synthesized file; asset paths are relative to it. */
  readonly folder: string;
  /** Terraform types that there are resources of. */
  readonly types: readonly string[];
  resources(type: string): readonly StackResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface Environment {
  readonly region: string;
  readonly accountId: string;
}
