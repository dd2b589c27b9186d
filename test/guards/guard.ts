/** Something in the service that is there for a promise's sake: taken out, some test has to fail. */
export interface Guard {
  /** Unique, and the same as long as the guard is there. */
  readonly name: string;
  readonly kind: 'catch' | 'retry' | 'result path' | 'choice' | 'condition' | 'code';
  /** States or functions that it is about: plans that name them come first. */
  readonly about: readonly string[];
  /** Plans that were made for it. */
  readonly lines?: readonly string[];
  readonly without: Removal;
}

export type Removal =
  | { readonly of: 'machine'; readonly definition: () => object }
  | { readonly of: 'write'; readonly functionName: string; readonly condition: string; readonly weakened: string }
  | { readonly of: 'code'; readonly file: string; readonly find: string; readonly put: string };

/** What showed that it matters. */
export type Killer =
  | { readonly by: 'plan'; readonly line: string; readonly problem: string }
  | { readonly by: 'lint'; readonly problem: string }
  | { readonly by: 'test'; readonly file: string; readonly test: string };
