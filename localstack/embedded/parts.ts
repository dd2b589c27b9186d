import type { Closable } from './types.ts';

/** What has been opened so far, to be closed as one. */
export function createParts() {
  const parts: Closable[] = [];
  return {
    opened<T extends Closable>(part: T): T {
      parts.push(part);
      return part;
    },
    /** Last opened, first closed: what sends stops before what it sends to. */
    async close(): Promise<void> {
      for (const part of parts.splice(0).reverse()) await part.close();
    },
  };
}
