import { calls, key, LEGS, openTrips, putOf } from '../../unit/dynamodb/support/trips.ts';

const [path = '', run = ''] = process.argv.slice(2);

/** Writes `LEGS` items a transaction, tells each that was acknowledged on a line of its own, and never ends by itself. */
const service = await openTrips({ path });
const call = calls(service);
for (let number = 0; ; number += 1) {
  const indexed = { customer: { S: 'c' }, phase: { S: 'NEW' } };
  const trip = `${run}-${number}`;
  const TransactItems = Array.from({ length: LEGS }, (_, leg) => putOf({ ...key(trip, `LEG#${leg}`), ...indexed }));
  await call('TransactWriteItems', { TransactItems });
  process.stdout.write(`${trip}\n`);
}
