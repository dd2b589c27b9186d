/** `npm run flights -- import FILE` and `npm run flights -- restock ID`. */
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { runCommand } from '#infra/operations/run-command.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { asDemoCustomer } from './demo-customer.ts';
import { flightsIn } from './flight-file.ts';
import { importFlights } from './import-flights.ts';
import { isInCatalog } from './is-in-catalog.ts';
import { commandOf, config, usage } from './options.ts';
import { restock } from './restock.ts';
import { clientOptions, endpointOf, explained, namesOf } from './target.ts';

async function runImport(file: string, target: string): Promise<void> {
  const flights = flightsIn(read(file), file);
  const endpoint = endpointOf(target);
  const { table } = namesOf();
  const { added, kept } = await telling({ where: endpoint ?? 'AWS', table }, () =>
    importFlights(new DynamoDBClient(clientOptions(endpoint)), table, flights),
  );
  if (added.length > 0) console.log(`New in ${table}: ${added.join(', ')}`);
  if (kept.length > 0) console.log(`There already, and left as they are: ${kept.join(', ')}`);
}

async function runRestock(id: string, target: string): Promise<void> {
  const endpoint = endpointOf(target);
  const { bookings } = namesOf();
  const { cancelled, refused } = await telling({ where: endpoint ?? 'AWS', table: bookings }, () =>
    restock(id, asDemoCustomer(new LambdaClient(clientOptions(endpoint)), bookings)),
  );
  if (cancelled > 0)
    console.log(`Bookings of ${id} that are being cancelled: ${cancelled}. Their seats come back within seconds.`);
  if (refused.length === 0) return cancelled === 0 ? tellNothingCancelled(id, endpoint) : undefined;
  const list = refused.map((one) => `${one.id} (${one.status})`).join(', ');
  throw new DeployError(`Not cancelled, by the status that the API gave: ${list}.`, 'run it again in a minute');
}

/** A flight that was deleted may still have bookings, so whether it is there is asked only where there are none. */
async function tellNothingCancelled(id: string, endpoint: string | undefined): Promise<void> {
  const { table } = namesOf();
  const isThere = await telling({ where: endpoint ?? 'AWS', table }, () =>
    isInCatalog(new DynamoDBClient(clientOptions(endpoint)), table, id),
  );
  if (!isThere)
    throw new DeployError(`${table} has no flight "${id}".`, 'take the id of a flight that GET /flights lists');
  console.log(`The demo has no confirmed booking of ${id}: nothing is cancelled.`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new DeployError(`${file} cannot be read: ${why}.`, 'name a file of flights');
  }
}

async function telling<Result>(where: Parameters<typeof explained>[1], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explained(error, where);
  }
}

await runCommand('flights', usage, config, async ({ values, positionals }) => {
  const command = commandOf(positionals);
  if (command.action === 'import') await runImport(command.file, values.target);
  else await runRestock(command.id, values.target);
});
