import type { Message } from './message.ts';

/** The messages of one queue by what they are: each is ready, delayed or in flight, and in one of them alone. */
export interface Shelf {
  /** In the order in which they are handed out. */
  readonly ready: ReadonlyMap<string, Message>;
  readonly delayed: ReadonlyMap<string, Message>;
  readonly inFlight: ReadonlyMap<string, Message>;
  /** Puts a message where it belongs at that time; a former state of it is replaced. */
  put(message: Message, now: number): void;
  remove(message: Message): void;
  /** By the receipt handle of its latest receive. */
  byHandle(handle: string): Message | undefined;
  /** Makes ready what is hidden no longer. @returns whether there is any */
  wake(now: number): boolean;
  /** When the next hidden message may become ready; Infinity where none is hidden. */
  nextDue(): number;
  all(): Message[];
}

export function createShelf(): Shelf {
  const [ready, delayed, inFlight] = [
    new Map<string, Message>(),
    new Map<string, Message>(),
    new Map<string, Message>(),
  ];
  const handles = new Map<string, Message>();
  // A lower bound: removing the message that was due first costs one look that finds nothing.
  let due = Number.POSITIVE_INFINITY;

  function remove({ id }: Message): void {
    for (const place of [ready, delayed, inFlight]) {
      const former = place.get(id);
      if (former?.handle !== undefined) handles.delete(former.handle);
      place.delete(id);
    }
  }

  return {
    ready,
    delayed,
    inFlight,
    remove,
    put(message, now) {
      remove(message);
      if (message.handle !== undefined) handles.set(message.handle, message);
      if (message.hiddenUntil <= now) {
        ready.set(message.id, message);
        return;
      }
      (message.handle === undefined ? delayed : inFlight).set(message.id, message);
      due = Math.min(due, message.hiddenUntil);
    },
    byHandle: (handle) => handles.get(handle),
    wake(now) {
      if (now < due) return false;
      due = Number.POSITIVE_INFINITY;
      const before = ready.size;
      for (const place of [delayed, inFlight]) {
        for (const [id, message] of place) {
          if (message.hiddenUntil > now) {
            due = Math.min(due, message.hiddenUntil);
          } else {
            place.delete(id);
            ready.set(id, message);
          }
        }
      }
      return ready.size > before;
    },
    nextDue: () => due,
    all: () => [...ready.values(), ...delayed.values(), ...inFlight.values()],
  };
}
