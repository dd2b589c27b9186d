import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { hasLeftLetter, type PassedState } from '../../../localstack/trip/passed-states.ts';

/** Nothing listens there, and fetch does not refuse it by itself, as it does port 1. */
const nowhere = '2';

interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm run trip` prints. */
const trip = (environment: NodeJS.ProcessEnv, ...words: string[]): Promise<Printed> =>
  new Promise((resolve) => {
    const { API_URL: _, AWS_ENDPOINT_URL: __, ...rest } = process.env;
    const env = { ...rest, ...environment };
    execFile(process.execPath, ['localstack/trip/main.ts', ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

const complaintOf = async (environment: NodeJS.ProcessEnv): Promise<string> => (await trip(environment)).stderr;

/** An API that starts every run, and AWS APIs that tell of one whose state ReserveBooking fails with this error. */
async function aTargetThatFailsWith(error: string): Promise<{ url: string; close: () => void }> {
  const answers: Readonly<Record<string, object>> = {
    DescribeExecution: { status: 'FAILED', error: 'BookingFailed' },
    GetExecutionHistory: {
      events: [
        { id: 1, timestamp: 1, type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'ReserveBooking' } },
        { id: 2, timestamp: 1, type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { error, cause: '' } },
        { id: 3, timestamp: 1, type: 'TaskStateExited', stateExitedEventDetails: { name: 'ReserveBooking' } },
      ],
    },
    ListTables: { TableNames: ['booking-saga-test-bookings'] },
    Query: { Items: [] },
  };
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const answer = operation === undefined ? { message: 'accepted', executionArn: 'arn' } : answers[operation];
    response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

it.each([
  [
    'BookingAlreadyExistsError',
    { code: 1, stderr: expect.stringMatching(/^trip: trip t1 was booked before.*another/) },
  ],
  ['InjectedFaultError', { code: 0, stderr: '' }],
])(
  'given a booking that ends with %s, then it ends with 1 only where the id is taken, and says so',
  async (error, said) => {
    const { url, close } = await aTargetThatFailsWith(error);
    try {
      const printed = await trip({ API_URL: url, AWS_ENDPOINT_URL: url }, 'success', 't1');
      expect(printed).toMatchObject({ ...said, stdout: expect.stringContaining(`ReserveBooking`) });
    } finally {
      close();
    }
  },
);

it('without a server, npm run trip names the address and what sets it', async () => {
  const complaint = await complaintOf({ PORT: nowhere, AWS_PORT: nowhere });
  expect(complaint).toMatch(/^trip: Nothing answers at 127\.0\.0\.1:2: .*npm start.*PORT.*AWS_PORT/);
});

it('with an API alone, it names the address of the AWS APIs and what sets it', async () => {
  const api = createServer((_, response) => response.end(JSON.stringify({ message: 'accepted', executionArn: 'arn' })));
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  try {
    const { port } = api.address() as AddressInfo;
    const complaint = await complaintOf({ PORT: `${port}`, AWS_PORT: nowhere });
    expect(complaint).toMatch(/^trip: Nothing answers at 127\.0\.0\.1:2: .*AWS_PORT/);
  } finally {
    api.close();
  }
});

it('gives the run its --cancel-failure-rate', async () => {
  const asked: string[] = [];
  const api = createServer(({ url }, response) => {
    asked.push(url ?? '');
    response.end(JSON.stringify({ message: 'no' }));
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  try {
    const { port } = api.address() as AddressInfo;
    await trip({ PORT: `${port}` }, 'failPayment', 't2', '--cancel-failure-rate', '1');
    expect(asked).toEqual(['/?runType=failPayment&tripID=t2&cancelFailureRate=1']);
  } finally {
    api.close();
  }
});

describe('a run that has sent a dead letter', () => {
  const passed = (name: string, error?: string): PassedState => ({
    name,
    error: error === undefined ? undefined : { name: error, message: '' },
    failedAttempts: error === undefined ? 0 : 1,
    milliseconds: 1,
  });

  it.each(['SendToDeadLetterQueue', 'SendConfirmationToDeadLetterQueue', 'SendCancellationToDeadLetterQueue'])(
    'has passed %s',
    (name) => {
      expect(hasLeftLetter([passed('RefundPayment', 'Timeout'), passed(name)])).toBe(true);
      expect(hasLeftLetter([passed(name, 'QueueDoesNotExist')])).toBe(false);
    },
  );

  it('has not where all was undone', () => {
    expect(hasLeftLetter([passed('TakePayment', 'Timeout'), passed('CancelBooking'), passed('CloseBooking')])).toBe(
      false,
    );
  });
});
