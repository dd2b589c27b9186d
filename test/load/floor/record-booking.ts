import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Caller, startCloud } from '#embedded/index.ts';
import { aTripId, startDemo } from '#test/support/e2e/saga.ts';
import { connect } from '#test/support/e2e/target.ts';
import { until } from '#test/support/e2e/until.ts';
import { localCloud } from '../../../localstack/local-cloud.ts';

export interface RecordedCall {
  readonly operation: string;
  /** As the document client takes it. */
  readonly input: unknown;
}

export interface RecordedBooking {
  readonly tripId: string;
  /** Of functions, up to the one that credits the points. */
  readonly invocations: number;
  /** What functions sent by the SDK, in order. */
  readonly calls: readonly RecordedCall[];
}

/** Services whose calls stand for others in the floor: what is behind them is not the SDK's affair. */
const others: Readonly<Record<string, string>> = {
  'sns:Publish': 'Publish',
  'states:StartExecution': 'DescribeExecution',
};

/** Makes one booking in a local cloud of its own, and notes what its functions do. */
export async function recordBooking(stackFile: string): Promise<RecordedBooking> {
  const cloud = await startCloud({ ...localCloud, stackFile, port: 0, awsPort: 0, retryScale: 0.1, schedules: false });
  const target = await connect(cloud.apiUrl, cloud.awsUrl, () => cloud.close());
  try {
    const machineRole = cloud.stack.resources('aws_sfn_state_machine').map(({ attributes }) => attributes.role_arn);
    const isFunction = (role: string | undefined) => role !== undefined && !machineRole.includes(role);
    const calls: RecordedCall[] = [];
    const invoked: string[] = [];
    const call = cloud.dynamodb.call.bind(cloud.dynamodb);
    Object.assign(cloud.dynamodb, {
      call: (operation: string, input: Record<string, unknown>, caller: Caller) => {
        if (isFunction(caller.roleArn)) calls.push({ operation, input: withPlainValues(input) });
        return call(operation, input, caller);
      },
    });
    cloud.iam.observe(({ action, role }) => {
      const operation = others[action];
      if (operation !== undefined && isFunction(role)) calls.push({ operation, input: {} });
    });
    cloud.lambda.intercept(async ({ functionName, proceed }) => {
      const reply = await proceed();
      invoked.push(functionName);
      return reply;
    });
    const tripId = aTripId();
    await startDemo(target, { tripID: tripId });
    // The last one: it hears of the booking from a queue.
    await until(async () => invoked.find((name) => name.endsWith('-credit-loyalty')));
    return { tripId, invocations: invoked.length, calls };
  } finally {
    await target.close();
  }
}

/** Attribute values become the values that the document client makes them of. */
function withPlainValues(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withPlainValues);
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      valueNames.has(name) ? unmarshall(value) : withPlainValues(value),
    ]),
  );
}
const valueNames: ReadonlySet<string> = new Set(['Item', 'Key', 'ExpressionAttributeValues', 'ExclusiveStartKey']);
