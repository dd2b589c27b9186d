/** `npm run trip -- <runType> [tripID]`: starts a saga, follows it and draws it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { runTypes } from '#functions/trip/run-types.ts';
import { numberOf } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { demoTripId } from '#schema/demo-request.ts';
import { partitionKey } from '#schema/table.ts';
import { drawItems, drawState, paintFor } from './draw.ts';
import { type HistoryEvent, hasLeftLetter, isIdTaken, type PassedState, passedStates } from './passed-states.ts';

/** How often the history is asked for; a saga takes some ten milliseconds here and some seconds on AWS. */
const pollMilliseconds = 100;

const apiUrl = process.env.API_URL ?? `http://127.0.0.1:${process.env.PORT ?? 4000}`;
const endpoint = process.env.AWS_ENDPOINT_URL ?? `http://127.0.0.1:${process.env.AWS_PORT ?? 4566}`;
const client = {
  endpoint,
  region: process.env.AWS_REGION ?? 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

const usage = `npm run trip -- [runType] [tripID]    starts a saga, follows it and draws it

  runType     ${runTypes.join(', ')} (default: success)
  tripID      default: ${demoTripId}
  --cancel-failure-rate RATE   how probably each cancel fails, from 0 to 1 (default: the stage's)
  PORT, AWS_PORT               ports of the local cloud (default: 4000 and 4566)
  API_URL, AWS_ENDPOINT_URL    addresses elsewhere, instead of the ports
  --help                       this text

A trip id is booked once, unless its booking is cancelled: ends with 1 where it is taken.`;

async function startTrip(runType: string, tripId: string, cancelFailureRate: string | undefined): Promise<string> {
  const query = new URLSearchParams({ runType, tripID: tripId, ...(cancelFailureRate && { cancelFailureRate }) });
  const response = await fetch(`${apiUrl}/?${query}`);
  const body = (await response.json()) as { message: string; executionArn?: string };
  if (body.executionArn === undefined) throw new Error(`${response.status}: ${body.message}`);
  return body.executionArn;
}

async function follow(executionArn: string): Promise<{ outcome: string; passed: readonly PassedState[] }> {
  const stepFunctions = new SFNClient(client);
  const paint = paintFor(process.stdout, process.env);
  let drawn = 0;
  for (;;) {
    // Asked for before the history: what has ended then has its whole history written.
    const { status, error } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    const events: HistoryEvent[] = [];
    for await (const page of paginateGetExecutionHistory({ client: stepFunctions }, { executionArn })) {
      events.push(...(page.events ?? []));
    }
    const passed = passedStates(events);
    for (const state of passed.slice(drawn)) {
      const line = drawState(state, paint);
      if (line !== undefined) console.log(line);
    }
    drawn = passed.length;
    if (status !== 'RUNNING') return { outcome: error === undefined ? `${status}` : `${status} (${error})`, passed };
    await sleep(pollMilliseconds);
  }
}

async function itemsOf(tripId: string): Promise<Record<string, unknown>[]> {
  const dynamodb = new DynamoDBClient(client);
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const table = TableNames.find((name) => name.startsWith('booking-saga'));
  if (table === undefined) throw new Error(`No booking-saga table at ${endpoint}: deploy the stack there first`);
  const { Items = [] } = await DynamoDBDocumentClient.from(dynamodb).send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: `${partitionKey} = :trip`,
      ExpressionAttributeValues: { ':trip': tripId },
    }),
  );
  return Items;
}

const config = { allowPositionals: true, options: { 'cancel-failure-rate': { type: 'string' } } } as const;

await runCommand('trip', usage, config, async ({ positionals, values }) => {
  const [runType = 'success', tripId = demoTripId, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`a run type and a trip id are all that it takes, not "${more.join(' ')}"`);
  const rate = values['cancel-failure-rate'];
  if (rate !== undefined) numberOf('cancel-failure-rate', rate, 1);
  const executionArn = await startTrip(runType, tripId, rate);
  console.log(`Trip ${tripId}, run type ${runType}\n`);
  const { outcome, passed } = await follow(executionArn);
  console.log(`\nExecution ${outcome}\n\nItems of the trip:`);
  for (const line of drawItems(await itemsOf(tripId), paintFor(process.stdout, process.env))) console.log(line);
  if (hasLeftLetter(passed)) {
    console.log(
      '\nA dead letter waits: "npm run -s dlq -- list" shows it, "npm run -s dlq -- redrive --all" delivers it again',
    );
  }
  if (isIdTaken(passed)) {
    throw new Error(
      `trip ${tripId} was booked before, so nothing was booked now. Name another trip id: npm run trip -- ${runType} my-trip`,
    );
  }
});
