/** One queue a key: whoever holds a key is alone with it until it releases. */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>();

  isHeld(key: string): boolean {
    return this.#tails.has(key);
  }

  /** Takes every key, in sorted order so that two holders never wait for each other, then runs `work`. */
  async hold<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const releases: (() => void)[] = [];
    const ordered = keys.length > 1 ? [...new Set(keys)].sort() : keys;
    try {
      for (const key of ordered) {
        const ahead = this.#tails.get(key);
        releases.push(this.#enqueue(key));
        if (ahead !== undefined) await ahead;
      }
      return await work();
    } finally {
      for (const release of releases) release();
    }
  }

  #enqueue(key: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tails.set(key, promise);
    return () => {
      // Only the last in the queue may forget the key, else a waiter behind it would be overtaken.
      if (this.#tails.get(key) === promise) this.#tails.delete(key);
      resolve();
    };
  }
}
