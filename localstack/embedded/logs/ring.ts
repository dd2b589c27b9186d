/** The newest `capacity` items in order of arrival. Older ones are dropped in batches, so that a push stays cheap. */
export interface Ring<T> {
  push(item: T): void;
  /** Oldest first. */
  items(): readonly T[];
}

export function createRing<T>(capacity: number): Ring<T> {
  let items: T[] = [];
  return {
    push(item) {
      items.push(item);
      if (items.length >= capacity * 1.25) items = items.slice(-capacity);
    },
    items: () => (items.length > capacity ? items.slice(-capacity) : items),
  };
}
