/** One Choice rule over one value, and whether AWS took its branch. */
export interface ChoiceCase {
  readonly operator: string;
  readonly variable: unknown;
  /** What the rule compares with: a literal, or the path of `value`. */
  readonly operand: unknown;
  readonly value: unknown;
  readonly matches: boolean;
}

/** A machine of one state with an intrinsic function, and how AWS ended it. */
export interface IntrinsicCase {
  readonly name: string;
  readonly definition: object;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
}

/** An EventBridge pattern and what AWS said of an event. */
export interface PatternCase {
  readonly name: string;
  readonly pattern: unknown;
  readonly event: unknown;
  readonly outcome: 'match' | 'no match' | 'refused';
}

export interface Cases {
  readonly choices: readonly ChoiceCase[];
  readonly intrinsics: readonly IntrinsicCase[];
  readonly patterns: readonly PatternCase[];
}

/** What a case came to; undefined where this is as AWS. */
export interface Result {
  readonly name: string;
  readonly difference: string | undefined;
}
