import type * as legFacts from './leg-facts.ts';

export type LegFacts = typeof legFacts;

export interface FactSources {
  /** Those that this process began with. */
  readonly first: LegFacts;
  /** Of the machine that this process began with. */
  readonly definition: string;
  /** Of the machine that runs now. */
  readonly present: () => Promise<string>;
  /** Reads the sources as they are now. */
  readonly load: () => Promise<LegFacts>;
}

/**
 * What is true of the legs that run now: a hot swap changes machine and functions, but no module that this process has loaded. Looks again
 * once the machine is another one, and keeps what it knows where the sources cannot be read just then.
 */
export function presentFacts({ first, definition: begun, present, load }: FactSources): () => Promise<LegFacts> {
  let known = first;
  let definition = begun;
  return async () => {
    const now = await present();
    if (now === definition) return known;
    try {
      known = await load();
      definition = now;
    } catch {
      // Half of an edit: the next one who asks finds it whole.
    }
    return known;
  };
}
