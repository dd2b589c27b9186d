import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { AllowedRequest } from '#embedded/testing.ts';
import { runTypes } from '#functions/trip/run-types.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import { type PartitionKind, partitionPrefixes } from '#schema/table.ts';
import { authorizeCharge, ended, type Item, itemsOf, startDemo, takeDeadLetters } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import type { FaultyCloud } from '#test/support/faulty-cloud.ts';
import { localIssuerOf } from '../../../localstack/issuer.ts';
import type { RecordedPermission, RecordedRun, Release, Story } from './release.ts';
import { leftOf, restock } from './replay.ts';

/** Runs every story through the release's own API, so that all inputs are those that its own code makes. */
export async function recordRelease(target: FaultyCloud, release: string): Promise<Release> {
  const inputs = new Map<string, Map<string, Item>>();
  const permissions = new Map<string, RecordedPermission>();
  const functions = new Set(functionsOfTheMachine(target));
  const roles = new Map([...functions, 'process-booking'].map((name) => [`:role/${prefix}${name}`, name]));
  const stops = [
    target.cloud.lambda.intercept(({ functionName, payload, proceed }) => {
      const name = functionName.replace(prefix, '');
      if (functions.has(name)) {
        const shapes = inputs.get(name) ?? new Map<string, Item>();
        inputs.set(name, shapes.set(shapeOf(payload), payload as Item));
      }
      return proceed();
    }),
    target.cloud.iam.observe((request) => {
      const role = roles.get(request.role.replace(/^arn:aws:iam::\d+/, ''));
      // Logs and traces are Lambda's own doing.
      if (role === undefined || /^(logs|xray):/.test(request.action)) return;
      for (const permission of permissionsOf(role, request)) permissions.set(JSON.stringify(permission), permission);
    }),
  ];
  try {
    const told = await stories(target);
    return {
      release,
      stories: told,
      ids: await idsOf(target, told),
      inputs: Object.fromEntries([...inputs].sort().map(([name, shapes]) => [name, [...shapes.values()]])),
      permissions: [...permissions].sort().map(([, permission]) => permission),
    };
  } finally {
    for (const stop of stops) stop();
  }
}

const prefix = 'booking-saga-local-';

function functionsOfTheMachine({ cloud }: FaultyCloud): string[] {
  const [machine] = cloud.stack.resources('aws_sfn_state_machine');
  const names = String(machine?.attributes.definition).matchAll(/:function:booking-saga-local-([\w-]+)/g);
  return [...names].map(([, name]) => name as string);
}

async function stories(target: FaultyCloud): Promise<Story[]> {
  const told: Story[] = [];
  for (const runType of runTypes) told.push(await demoStory(target, runType, { runType }));
  told.push(await cancellation(target), await failedCompensation(target));
  return told;
}

/** Of the first story, which books all legs: its items stay. */
async function idsOf(target: FaultyCloud, [story]: readonly Story[]): Promise<Release['ids']> {
  const items = await itemsOf(target, story?.runs[0]?.input.trip_id ?? '');
  return Object.fromEntries(
    items.map(({ sk }) => String(sk).split('#')).flatMap(([part = '', id]) => (id === undefined ? [] : [[part, id]])),
  );
}

async function demoStory(target: FaultyCloud, name: string, query: Record<string, string>): Promise<Story> {
  await restock(target, demoFlightId);
  const { executionArn } = await startDemo(target, { ...query, tripID: `release-${name}` });
  return { name, flightId: demoFlightId, runs: [await run(target, executionArn, demoFlightId)] };
}

/** A flight alone, which its customer cancels. */
async function cancellation(target: FaultyCloud): Promise<Story> {
  const [id, flightId, paymentToken] = ['release-flight-alone', 'release-flight', 'release-charge'];
  const ask = await asCustomer(target, 'release-customer');
  await restock(target, flightId);
  await authorizeCharge(target, paymentToken, 'release-customer');
  await ask('POST', '/bookings', { id, outboundFlightId: flightId, paymentToken });
  const booked = await run(target, await anotherExecutionOf(target, id, []), flightId);
  await ask('DELETE', `/bookings/${id}`);
  const cancelled = await run(target, await anotherExecutionOf(target, id, [booked]), flightId);
  return { name: 'cancelled by the customer', flightId, runs: [booked, cancelled] };
}

async function asCustomer({ apiUrl, cloud }: FaultyCloud, sub: string) {
  const token = await (await localIssuerOf(cloud.stack))?.sign({ sub });
  return async (method: string, path: string, body?: object): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${apiUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${await answer.text()}`);
  };
}

/** A cancel that fails for good, and its dead letter that is moved back. */
async function failedCompensation(target: FaultyCloud): Promise<Story> {
  const id = 'failed-compensation';
  const story = await demoStory(target, id, { runType: 'failPayment', cancelFailureRate: '1' });
  for (const letter of await takeDeadLetters(target)) {
    if (letter.execution_id !== story.runs[0]?.name) continue;
    const MessageBody = JSON.stringify(letter);
    await target.sqs.send(new SendMessageCommand({ QueueUrl: target.redriveQueueUrl, MessageBody }));
  }
  const redrive = await anotherExecutionOf(target, `release-${id}`, story.runs);
  return { ...story, runs: [...story.runs, await run(target, redrive, story.flightId)] };
}

async function run(target: FaultyCloud, executionArn: string, flightId: string): Promise<RecordedRun> {
  const { name = '', input, status = '', error = null } = await ended(target, executionArn);
  const parsed = JSON.parse(input ?? '{}') as RecordedRun['input'];
  return { name, input: parsed, status, error, left: await leftOf(target, parsed, flightId) };
}

async function executionsOf({ stepFunctions, stateMachineArn }: FaultyCloud, tripId: string): Promise<string[]> {
  const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
  const arns = executions.map(({ executionArn = '' }) => executionArn);
  const inputs = await Promise.all(
    arns.map(async (executionArn) => (await stepFunctions.send(new DescribeExecutionCommand({ executionArn }))).input),
  );
  return arns.filter((_, index) => JSON.parse(inputs[index] ?? '{}').trip_id === tripId);
}

const anotherExecutionOf = (target: FaultyCloud, tripId: string, known: readonly RecordedRun[]): Promise<string> =>
  until(async () => {
    const found = await executionsOf(target, tripId);
    return found.find((arn) => !known.some(({ name }) => arn.endsWith(`:${name}`)));
  });

/** Names and kinds of all fields: inputs that differ in values only are one. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].sort()}]`;
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}:${shapeOf(member)}`)
    .sort()}}`;
}

function permissionsOf(role: string, { action, resource, context }: AllowedRequest): RecordedPermission[] {
  const keys = [context?.['dynamodb:LeadingKeys'] ?? []].flat();
  if (keys.length === 0) return [{ role, action, resource }];
  return keys.map((key) => ({ role, action, resource, partition: kindOf(key) }));
}

function kindOf(key: string): PartitionKind {
  const found = Object.entries(partitionPrefixes).find(([, begin]) => key.startsWith(begin));
  return (found?.[0] as PartitionKind | undefined) ?? 'trip';
}
