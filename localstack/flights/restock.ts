import { DeployError } from '../deploy/deploy-error.ts';

export interface ServiceAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the body of a route, of which each caller reads its own fields.
  readonly body: any;
}

/** A route of the REST API, called as the demo's customer. */
export type CallRoute = (
  routeKey: 'GET /bookings' | 'DELETE /bookings/{id}',
  parts: { readonly id?: string; readonly query?: Readonly<Record<string, string>> },
) => Promise<ServiceAnswer>;

export interface Restocked {
  readonly cancelled: number;
  /** Bookings that the service did not cancel, with its status. */
  readonly refused: readonly { readonly id: string; readonly status: number }[];
}

/** Many functions at once are no faster on a laptop, and AWS starts one for each. */
const concurrency = 5;

/**
 * Cancels the demo's confirmed bookings of a flight, each by its own saga, which gives the seat back. Bookings of other
 * customers stay. Throws DeployError where the bookings can't be read.
 */
export async function restock(flightId: string, call: CallRoute): Promise<Restocked> {
  const ids = await bookingsOf(flightId, call);
  const refused: { id: string; status: number }[] = [];
  const queue = ids.values();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const id of queue) {
        const { status } = await call('DELETE /bookings/{id}', { id });
        if (status !== 202) refused.push({ id, status });
      }
    }),
  );
  return { cancelled: ids.length - refused.length, refused };
}

/** Read to the end before the first is cancelled: the list is by status, and would shrink under its pages. */
async function bookingsOf(flightId: string, call: CallRoute): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let nextToken: string | undefined, first = true; first || nextToken !== undefined; first = false) {
    const query = { status: 'CONFIRMED', limit: '100', ...(nextToken === undefined ? {} : { nextToken }) };
    const { status, body } = await call('GET /bookings', { query });
    if (status !== 200) {
      throw new DeployError(`The demo's bookings can't be read: status ${status}.`, "look into the function's log");
    }
    for (const { id, outboundFlightId } of body.items) if (outboundFlightId === flightId) ids.push(id);
    nextToken = body.nextToken;
  }
  return ids;
}
