/** `npm start`: the whole service on this machine, in one process. */
import { type Cloud, startCloud } from './cloud.ts';
import { readOptions, UsageError, usage } from './options.ts';

const startedAt = performance.now();

const portOf = (url: string): string => new URL(url).port;

function greet({ apiUrl, awsUrl, graphiqlUrl }: Cloud): void {
  const api = apiUrl.replace('127.0.0.1', 'localhost');
  const aws = awsUrl.replace('127.0.0.1', 'localhost');
  const tripAt =
    apiUrl.endsWith(':4000') && awsUrl.endsWith(':4566') ? '' : `PORT=${portOf(apiUrl)} AWS_PORT=${portOf(awsUrl)} `;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
  console.log(`
Holiday bookings are open at ${api}   (AWS endpoint ${aws}, ready in ${seconds} s, Ctrl-C stops)

  curl '${api}/?runType=success&tripID=t1'        book a holiday
  curl '${api}/?runType=failPayment&tripID=t2'    see it undone, layer by layer
  curl '${api}/health'

  ${tripAt}npm run trip -- failPayment t3                          the same, drawn state by state
  npm run -s token -- --sub alice                         a token for the routes of customers:
  curl -H "authorization: Bearer $(npm run -s token -- --sub alice)" ${api}/bookings
${graphiqlUrl === undefined ? '' : `  ${aws}/_local/graphiql                  GraphQL in the browser\n`}`);
}

async function main(): Promise<void> {
  const cloud = await startCloud(readOptions(process.argv.slice(2), process.env));
  stopOnSignals(cloud);
  greet(cloud);
  // After the greeting: the first booking meets warm functions, and nobody waits for those that it does not use.
  await cloud.lambda.warm();
}

function stopOnSignals(cloud: Cloud): void {
  let stopping = false;
  const stop = (): void => {
    // A second Ctrl-C is somebody who does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    cloud.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`The local cloud did not stop cleanly: ${error}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof UsageError;
  if (isUsage && error.message === '') {
    console.log(usage);
    process.exit(0);
  }
  console.error(`\nThe local cloud could not start: ${error instanceof Error ? error.message : error}`);
  if (isUsage) console.error(`\n${usage}`);
  process.exit(1);
}
