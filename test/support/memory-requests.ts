import type { RequestStore, StoredRequest } from '#functions/booking/accepting/request-store.ts';

export interface MemoryRequests extends RequestStore {
  /** By hash. */
  readonly kept: Map<string, StoredRequest>;
  /** Ids of announced bookings, in order. */
  readonly announced: string[];
}

/** Accepted requests in memory, with the one condition of their port: the first is kept. */
export function memoryRequests(): MemoryRequests {
  const kept = new Map<string, StoredRequest>();
  const announced: string[] = [];
  const hashOf = new Map<string, string | undefined>();
  const pending = (id: string, customer: string) => JSON.stringify([id, customer]);
  return {
    kept,
    announced,
    find: async (hash) => kept.get(hash),
    async storeFirst(hash, request) {
      const present = kept.get(hash) ?? request;
      kept.set(hash, present);
      return present;
    },
    async putPending(run, { request } = {}) {
      announced.push(run.trip_id);
      hashOf.set(pending(run.trip_id, run.customer), request);
    },
    findByPending: async (id, customer) => kept.get(hashOf.get(pending(id, customer)) ?? ''),
  };
}
