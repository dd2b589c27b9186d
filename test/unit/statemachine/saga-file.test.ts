import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { sagaErrors } from '#functions/saga-errors.ts';
import { executionErrors } from '#functions/shared/saga/execution-errors.ts';
import { deadLetterKinds } from '#schema/dead-letter.ts';
import { keys } from '#schema/table.ts';
import { readSaga, type State, sagaFile, stateOf } from '../../../statemachine/tools/asl.ts';
import { layers } from '../../../statemachine/tools/layers.ts';
import { forwardStates, ownErrorNames } from '../../../statemachine/tools/lint.ts';

interface Verdict {
  readonly isValid: boolean;
  readonly errors: readonly unknown[];
}
// It has no types of its own.
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => Verdict;

const machine = readSaga();
const text = readFileSync(sagaFile, 'utf8');
const errors = sagaErrors.map((ErrorClass) => new ErrorClass('test'));
const arnByPlaceholder = (name: string): string => {
  if (name === 'TableName') return 'bookings';
  if (name === 'DeadLetterQueueUrl') return 'https://sqs.us-east-1.amazonaws.com/000000000000/dead-letters';
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
};
const tasks = Object.entries(machine.States).filter(([, { Type }]) => Type === 'Task');
const parametersOf = (state: string) =>
  (stateOf(machine, state) as unknown as { Parameters: Record<string, unknown> }).Parameters;
const functionStates = tasks.filter(([, { Resource }]) => Resource?.startsWith('{{') === true).map(([name]) => name);
const retriesOf = ({ Retry = [] }: State, retried: boolean) =>
  Retry.filter(({ MaxAttempts = 3 }) => MaxAttempts > 0 === retried).flatMap(({ ErrorEquals }) => ErrorEquals);

describe('the ASL file', () => {
  it('is valid once its placeholders are filled', () => {
    const filled = JSON.parse(text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => arnByPlaceholder(name)));
    const { errors: found, isValid } = validate(filled);
    expect(found).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('is found invalid by the same validator once a state is broken', () => {
    const filled = JSON.parse(text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => arnByPlaceholder(name)));
    delete filled.States.ReserveHotel.Next;
    expect(validate(filled).isValid).toBe(false);
  });

  it('has a function of the same name behind each Task without an integration', () => {
    for (const name of functionStates) expect(stateOf(machine, name).Resource).toBe(`{{${name}FunctionArn}}`);
    expect(functionStates.length).toBe(17);
  });

  it('keeps the names that its users know', () => {
    expect(Object.keys(machine.States)).toEqual(
      expect.arrayContaining([
        'RouteAction',
        ...forwardStates(machine),
        'NotifyBookingConfirmed',
        'SendConfirmationToDeadLetterQueue',
        'We have made your booking!',
        'CancelBooking',
        'PeelBack',
        ...layers.map(({ compensation }) => compensation),
        'CompensationOutcome',
        'SendToDeadLetterQueue',
        'CompensationIncomplete',
        'CloseBooking',
        'NotifyBookingFailed',
        'SendCancellationToDeadLetterQueue',
        'FinalOutcome',
        "Sorry, We Couldn't make the booking",
        'We have cancelled your booking',
      ]),
    );
  });

  it("finds a flight under the schema's key", () => {
    for (const state of ['ReserveSeat', 'ReleaseSeat']) {
      expect(parametersOf(state).Key).toEqual({
        pk: { 'S.$': `States.Format('${keys.flightInventory('{}').pk}', $.outbound_flight_id)` },
        sk: { S: keys.flightInventory('').sk },
      });
    }
  });

  it('drops the result of every Task but the fence', () => {
    for (const [name, state] of tasks) {
      const { ResultPath } = state as unknown as { ResultPath: unknown };
      expect([name, ResultPath]).toEqual([name, name === 'CancelBooking' ? '$.fence' : null]);
    }
  });

  it.each(['SendConfirmationToDeadLetterQueue', 'SendCancellationToDeadLetterQueue', 'SendToDeadLetterQueue'])(
    'writes in %s every field of a dead letter',
    (state) => {
      const body = parametersOf(state).MessageBody as Record<string, unknown>;
      expect(
        Object.keys(body)
          .map((field) => field.replace('.$', ''))
          .sort(),
      ).toEqual(['execution', 'execution_id', 'failedLayers', 'input', 'kind', 'trip_id']);
      expect(deadLetterKinds).toContain(body.kind);
    },
  );
});

describe('error names', () => {
  it('are the same in the file and in the code', () => {
    const { matched } = ownErrorNames(machine);
    expect([...matched].sort()).toEqual(errors.map(({ name }) => name).sort());
  });

  it('are different for each class, and literals that a minifier can not change', () => {
    expect(new Set(errors.map(({ name }) => name)).size).toBe(errors.length);
    for (const error of errors) expect(Object.hasOwn(error, 'name')).toBe(true);
  });

  it('that an execution ends with are those of its Fail states', () => {
    expect([...ownErrorNames(machine).raised].sort()).toEqual(Object.values(executionErrors).sort());
  });

  it('of the business are never retried, those that may pass always are', () => {
    for (const [name, state] of tasks) {
      for (const error of errors) {
        expect([name, error.name, retriesOf(state, !error.retryable).includes(error.name)]).toEqual([
          name,
          error.name,
          false,
        ]);
      }
    }
    for (const state of forwardStates(machine).filter((name) => functionStates.includes(name))) {
      for (const error of errors.filter(({ retryable }) => retryable)) {
        expect(retriesOf(stateOf(machine, state), true)).toContain(error.name);
      }
    }
  });
});

describe('retries', () => {
  it('of the forward path name their errors: those that may pass, and no others', () => {
    for (const name of forwardStates(machine)) {
      const retried = retriesOf(stateOf(machine, name), true);
      expect(retried).not.toContain('States.ALL');
      expect(retried).not.toContain('States.TaskFailed');
    }
  });

  // https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html and the errors that Lambda and the
  // SDK raise for an attempt that was cut short.
  it.each([
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.Unknown',
    'Sandbox.Timedout',
    'States.Timeout',
    'TimeoutError',
    'ThrottlingException',
    'TransactionConflictException',
  ])('of every forward function repeat %s', (error) => {
    for (const name of forwardStates(machine).filter((state) => functionStates.includes(state))) {
      expect([name, retriesOf(stateOf(machine, name), true)]).toEqual([name, expect.arrayContaining([error])]);
    }
  });

  // The optimized integration reports codes without a class of their own as the last one.
  it.each([
    'DynamoDB.ThrottlingException',
    'DynamoDB.TransactionConflictException',
    'DynamoDB.AmazonDynamoDBException',
    'States.Timeout',
  ])('of the seat repeat %s', (error) => {
    expect(retriesOf(stateOf(machine, 'ReserveSeat'), true)).toContain(error);
  });

  it.each(['CancelBooking', 'CloseBooking', ...layers.map(({ compensation }) => compensation)])(
    'of %s are three on any error, growing, capped and with full jitter',
    (name) => {
      expect(stateOf(machine, name).Retry?.at(-1)).toEqual({
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 1,
        BackoffRate: 2,
        MaxAttempts: 3,
        MaxDelaySeconds: 10,
        JitterStrategy: 'FULL',
      });
    },
  );

  it('of the seat do not repeat a refused condition', () => {
    for (const name of ['ReserveSeat', 'ReleaseSeat']) {
      expect(stateOf(machine, name).Retry?.[0]).toEqual({
        ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
        MaxAttempts: 0,
      });
    }
  });

  it('stand before a Catch under an own path in every compensation', () => {
    for (const { compensation } of layers) {
      expect(stateOf(machine, compensation).Catch?.at(-1)).toMatchObject({
        ErrorEquals: ['States.ALL'],
        ResultPath: `$.failedLayers.${compensation}`,
      });
    }
  });
});
