/** How a load or an invocation ends. */

import type { ErrorPayload } from './protocol.ts';

/** What tells of the function itself. */
export type OwnEnding =
  | { readonly kind: 'result'; readonly payload: string; readonly lines: string; readonly heapBytes: number }
  | { readonly kind: 'error'; readonly error: ErrorPayload; readonly lines: string; readonly heapBytes: number }
  /** `lines` as far as they were written; the environment is gone. */
  | {
      readonly kind: 'crash';
      readonly error: ErrorPayload | undefined;
      readonly reason: string;
      readonly lines: string;
    }
  | { readonly kind: 'timeout'; readonly lines: string };

export type Ending =
  | OwnEnding
  /** Its isolate ended while it ran, because of another environment or for an unknown cause. */
  | { readonly kind: 'interrupted'; readonly lines: string }
  /** Its isolate ended before it began: nothing of it has happened. */
  | { readonly kind: 'unstarted'; readonly lines: string };
