import type { Step } from './expression.ts';

/** What an expression may refer to, and what file functions read from. */
export interface Scope {
  /** Resolves a reference; returns how many of `steps` the value has used up. Throws StackError on an unknown one. */
  reference(root: string, steps: readonly Step[]): { readonly value: unknown; readonly used: number };
  /** Folder that relative paths of `file`, `filebase64sha256` and the like start from. */
  readonly folder: string;
}
