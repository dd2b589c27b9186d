import { readFileSync } from 'node:fs';
import { OUTSIDE } from '#embedded/index.ts';
import { createStepFunctions, type TaskPort } from '#embedded/testing.ts';
import { renderAsl } from '#infra/render-asl.ts';

const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';

/** The saga's definition with every placeholder filled by a name that tells where it came from. */
function sagaDefinition(): object {
  const template = readFileSync(new URL('../../statemachine/booking-saga.asl.json', import.meta.url), 'utf8');
  const names = new Set([...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''));
  const values = Object.fromEntries(
    [...names].map((name) => [
      name,
      name.endsWith('FunctionArn')
        ? `arn:aws:lambda:us-east-1:000000000000:function:${name.slice(0, -11)}`
        : `fake-${name}`,
    ]),
  );
  return JSON.parse(renderAsl(template, values).definition) as object;
}

/** How a faked task behaves: it fails the first `times` calls with this error. */
export interface FakeFault {
  readonly error: string;
  /** Infinity: always. */
  readonly times: number;
}

export interface FakeRun {
  readonly status: string;
  readonly error: string | undefined;
  /** Names of the states entered, in order, retries not repeated. */
  readonly states: string[];
  /** Attempts of each Task. */
  readonly attempts: Record<string, number>;
  /** Messages sent to the dead-letter queue. */
  readonly deadLetters: Record<string, unknown>[];
  readonly inputs: Record<string, unknown>;
}

/** Runs the real ASL with fake tasks, without delays between retries. */
export async function runSaga(
  input: Record<string, unknown>,
  options: {
    readonly name?: string;
    readonly faults?: Record<string, FakeFault>;
    readonly fence?: { readonly fenced: boolean; readonly ownStatus?: string | undefined };
  } = {},
): Promise<FakeRun> {
  const attempts: Record<string, number> = {};
  const deadLetters: Record<string, unknown>[] = [];
  const inputs: Record<string, unknown> = {};
  const tasks: TaskPort = async ({ stateName, resource, input: taskInput }) => {
    const attempt = (attempts[stateName] ?? 0) + 1;
    attempts[stateName] = attempt;
    inputs[stateName] = taskInput;
    const fault = options.faults?.[stateName];
    if (fault !== undefined && attempt <= fault.times) {
      throw Object.assign(new Error(`${stateName} failed`), { name: fault.error });
    }
    if (resource.endsWith('sqs:sendMessage')) {
      const { MessageBody } = taskInput as { MessageBody: unknown };
      deadLetters.push(
        (typeof MessageBody === 'string' ? JSON.parse(MessageBody) : MessageBody) as Record<string, unknown>,
      );
    }
    return stateName === 'CancelBooking' ? (options.fence ?? { fenced: true }) : {};
  };
  const stepFunctions = createStepFunctions({
    machines: [
      {
        name: 'saga',
        arn: machineArn,
        roleArn: 'arn:aws:iam::000000000000:role/saga',
        definition: sagaDefinition(),
        type: 'STANDARD',
      },
    ],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => undefined,
    tasks,
    onStatusChange: () => undefined,
    retryScale: 0,
  });
  try {
    const started = await stepFunctions.call(
      'StartExecution',
      { stateMachineArn: machineArn, name: options.name ?? String(input.execution_id), input: JSON.stringify(input) },
      OUTSIDE,
    );
    await stepFunctions.idle();
    const { executionArn } = started;
    const execution = await stepFunctions.call('DescribeExecution', { executionArn }, OUTSIDE);
    const history = await stepFunctions.call('GetExecutionHistory', { executionArn, maxResults: 1000 }, OUTSIDE);
    const states = (history.events as { stateEnteredEventDetails?: { name: string } }[])
      .map((event) => event.stateEnteredEventDetails?.name)
      .filter((name) => name !== undefined);
    return {
      status: String(execution.status),
      error: execution.error as string | undefined,
      states,
      attempts,
      deadLetters,
      inputs,
    };
  } finally {
    await stepFunctions.close();
  }
}
