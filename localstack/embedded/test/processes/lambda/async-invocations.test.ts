import { afterEach, describe, expect, it } from '@jest/globals';
import type { LambdaOptions } from '#embedded/lambda/index.ts';
import { systemPorts } from '#embedded/ports.ts';
import { createStore } from '#embedded/store/index.ts';
import { AwsError, type Caller, OUTSIDE, type StackResource } from '#embedded/types.ts';
import { aLambda, arnOf, type Fixture } from './fixture.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:failed-invocations';
const FAILING = `export const handler = async (event) => { console.log('tried'); throw new Error('no, ' + event.who); };`;
const WORKING = `export const handler = async () => { console.log('tried'); return 'done'; };`;

const anInvokeConfig = (attributes: StackResource['attributes']): StackResource => ({
  type: 'aws_lambda_function_event_invoke_config',
  name: 'Config',
  attributes: { function_name: 'job', ...attributes },
});

const toQueue = { destination_config: { on_failure: { destination: queueArn } } };

let fixture: Fixture | undefined;
let sent: { queueArn: string; body: Record<string, unknown>; caller: Caller }[];
let warnings: string[];
afterEach(async () => fixture?.close());

async function aJob(
  code: string,
  attributes?: StackResource['attributes'],
  refusal?: Error,
  more: Partial<LambdaOptions> = {},
): Promise<Fixture> {
  sent = [];
  warnings = [];
  fixture = await aLambda(
    { job: code },
    {
      eventInvokeConfigs: attributes ? [anInvokeConfig(attributes)] : [],
      asyncRetryDelaysMs: [1, 1],
      sendToQueue: async (arn, body, caller) => {
        if (refusal) throw refusal;
        sent.push({ queueArn: arn, body: JSON.parse(body), caller });
      },
      warn: (message) => void warnings.push(message),
      ...more,
    },
  );
  return fixture;
}

const tries = ({ log }: Fixture) => log().filter((line) => line.includes('tried')).length;
const event = async ({ lambda }: Fixture) => (await lambda.invokeEvent(arnOf('job'), { who: 'you' }, OUTSIDE)).ended;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('an asynchronous invocation', () => {
  it('given a function that fails, when it is tried again, then each try and the record have one request id', async () => {
    const code = `export const handler = async (event, { awsRequestId }) => { console.log('tried ' + awsRequestId); throw new Error('no'); };`;
    const job = await aJob(code, { maximum_retry_attempts: 1, ...toQueue });
    await event(job);
    await until(() => sent.length > 0);

    const [first, ...others] = job.log().flatMap((line) => /tried (\S+)/.exec(line)?.[1] ?? []);
    expect(others).toEqual([first]);
    expect(sent).toMatchObject([{ body: { requestContext: { requestId: first } } }]);
  });

  it('given more than a megabyte, when called, then it is refused at once and nothing runs', async () => {
    const { lambda } = await aJob(WORKING);
    const invoke = (characters: number) =>
      lambda.call('Invoke', { FunctionName: 'job', InvocationType: 'Event', Payload: 'x'.repeat(characters) }, OUTSIDE);

    await expect(invoke(1_048_576)).rejects.toMatchObject({ code: 'RequestTooLargeException', statusCode: 413 });
    expect(await invoke(1_000_000)).toMatchObject({ StatusCode: 202 });
  });

  it('given no retries and a queue for failures, when the function fails, then the queue has its record after one try', async () => {
    const job = await aJob(FAILING, { maximum_retry_attempts: 0, ...toQueue });
    await event(job);

    expect(tries(job)).toBe(1);
    expect(sent).toEqual([
      {
        queueArn,
        caller: { roleArn: 'arn:aws:iam::000000000000:role/job' },
        body: {
          version: '1.0',
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          requestContext: {
            requestId: expect.any(String),
            functionArn: `${arnOf('job')}:$LATEST`,
            condition: 'RetriesExhausted',
            approximateInvokeCount: 1,
          },
          requestPayload: { who: 'you' },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: expect.objectContaining({ errorMessage: 'no, you' }),
        },
      },
    ]);
  });

  it('given an API caller, when it asks for an event, then its failure is buried in the same way', async () => {
    const job = await aJob(FAILING, { maximum_retry_attempts: 1, ...toQueue });
    await job.lambda.call('Invoke', { FunctionName: 'job', InvocationType: 'Event', Payload: { who: 'me' } }, OUTSIDE);
    await until(() => sent.length > 0);

    expect(tries(job)).toBe(2);
    expect(sent[0]?.body).toMatchObject({
      requestContext: { approximateInvokeCount: 2 },
      requestPayload: { who: 'me' },
    });
  });

  it('given no settings, when the function fails, then it is tried three times and the loss is told', async () => {
    const job = await aJob(FAILING);
    await event(job);
    await until(() => warnings.length > 0);

    expect(tries(job)).toBe(3);
    expect(sent).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/job.* given up after 3 .*no, you/)]);
  });

  it('given a role that may not send to the queue, when the function fails, then the loss is told with the reason', async () => {
    const refusal = new AwsError('AccessDeniedException', 'may not sqs:SendMessage', 403);
    await event(await aJob(FAILING, { maximum_retry_attempts: 0, ...toQueue }, refusal));

    expect(warnings).toEqual([expect.stringMatching(/job.*may not sqs:SendMessage/)]);
  });

  it('given a function that works, when it has run, then nothing is sent', async () => {
    const job = await aJob(WORKING, { maximum_retry_attempts: 0, ...toQueue });
    await event(job);

    expect([tries(job), sent, warnings]).toEqual([1, [], []]);
  });

  it('given a process that ends before the retry, when the next one has begun, then it tries again and buries after the last try', async () => {
    const store = createStore();
    const waiting = { ...toQueue, maximum_retry_attempts: 1 };
    const first = await aJob(FAILING, waiting, undefined, { store, asyncRetryDelaysMs: [60_000] });
    await event(first);
    await first.close();
    const clock = { now: () => Date.now() + 60_000 };
    const begun = Promise.withResolvers<void>();
    const second = await aJob(FAILING, waiting, undefined, {
      store,
      ports: { ...systemPorts, clock },
      ready: begun.promise,
    });
    expect(tries(second)).toBe(0);
    begun.resolve();
    await until(() => sent.length > 0);

    expect(tries(second)).toBe(1);
    expect(sent[0]?.body).toMatchObject({ requestContext: { approximateInvokeCount: 2 } });
    await until(() => [...store.collection('asynchronous invocations').entries()].length === 0);
  });

  it('given a caller without permission, when it asks, then it is refused', async () => {
    const job = await aLambda(
      { job: WORKING },
      {
        authorize: (_caller, action) => {
          throw new AwsError('AccessDeniedException', action, 403);
        },
      },
    );
    await expect(job.lambda.invokeEvent(arnOf('job'), {}, { roleArn: 'arn:role' })).rejects.toThrow(
      'lambda:InvokeFunction',
    );
    await job.close();
  });

  it.each<[string, StackResource['attributes'], RegExp]>([
    ['an unknown function', { function_name: 'none' }, /Config: none is no function of this stack/],
    ['a fourth try', { maximum_retry_attempts: 3 }, /maximum_retry_attempts is 0, 1 or 2, not 3/],
    ['an event that lasts longer than AWS keeps it', { maximum_event_age_in_seconds: 21_601 }, /between 60 and 21600/],
    [
      'a destination that is no queue',
      { destination_config: { on_failure: { destination: 'arn:aws:sns:us-east-1:000000000000:t' } } },
      /destinations are queues in the local cloud, not arn:aws:sns/,
    ],
    [
      'a destination of successes',
      { destination_config: { on_success: { destination: queueArn } } },
      /on_success is not served/,
    ],
  ])('given a stack with %s, then it does not load', async (_what, attributes, message) => {
    await expect(aJob(WORKING, attributes)).rejects.toThrow(message);
  });
});
