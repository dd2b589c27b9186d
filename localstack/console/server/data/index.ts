/** Routes of the console's API that show the table. */
import { type Reply, refused } from '../reply.ts';
import type { Source } from '../source.ts';
import { bookingsOf, tripOf } from './bookings.ts';
import { chargesOf } from './charges.ts';
import { customerOf, customersOf } from './customers.ts';
import { flightOf, flightsOf } from './flights.ts';
import { tableReader } from './table-reader.ts';

type Route = (parts: readonly string[]) => Promise<unknown>;

export function dataRoutes({ call, tableName }: Pick<Source, 'call' | 'tableName'>): Readonly<Record<string, Route>> {
  const table = tableReader(call, tableName);
  const nothing = (what: string): Reply => refused(404, `There is no ${what}`);
  return {
    'GET /data/trips': () => bookingsOf(table),
    'GET /data/trips/:': ([trip = '']) => tripOf(table, trip),
    'GET /data/flights': () => flightsOf(table),
    'GET /data/flights/:': async ([id = '']) => (await flightOf(table, id)) ?? nothing(`flight ${id}`),
    'GET /data/customers': () => customersOf(table),
    'GET /data/customers/:': ([customer = '']) => customerOf(table, customer),
    'GET /data/charges': () => chargesOf(table),
  };
}
