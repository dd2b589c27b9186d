import { calls, key, openTrips, putOf } from './trips.ts';

/** Writes pairs of items in transactions, tells each that was acknowledged on a line of its own, and never ends by itself. */
const service = await openTrips({ path: process.argv[2] ?? '' });
const call = calls(service);
for (let number = 0; ; number += 1) {
  const indexed = { customer: { S: 'c' }, phase: { S: 'NEW' } };
  const TransactItems = ['LEFT', 'RIGHT'].map((sk) => putOf({ ...key(`t${number}`, sk), ...indexed }));
  await call('TransactWriteItems', { TransactItems });
  process.stdout.write(`${number}\n`);
}
