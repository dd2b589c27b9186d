export interface LoadedOnce<Value> {
  get(): Promise<Value>;
  /** The next `get` loads anew. */
  forget(): void;
}

/** Loads at the first use and keeps it; a load that failed is tried again at the next use. */
export function loadOnce<Value>(load: () => Promise<Value>): LoadedOnce<Value> {
  let loaded: Promise<Value> | undefined;
  const forget = (): void => {
    loaded = undefined;
  };
  return {
    get() {
      loaded ??= load().catch((error: unknown) => {
        forget();
        throw error;
      });
      return loaded;
    },
    forget,
  };
}
