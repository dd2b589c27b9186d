import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { executionErrors } from '#functions/shared/saga/execution-errors.ts';
import { pascalCase } from '#infra/functions/names.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { deadLetterKinds } from '#schema/dead-letter.ts';
import { keys } from '#schema/table.ts';
import { sagaFile, stateOf } from '../../../statemachine/tools/asl.ts';
import { forwardOrderOf, layers } from '../../../statemachine/tools/layers.ts';
import { ownErrorNames } from '../../../statemachine/tools/lint.ts';
import { errors, functionStates, machine, retriesOf, tasks } from './saga-file.ts';

const forward = forwardOrderOf(allLegs);

interface Verdict {
  readonly isValid: boolean;
  readonly errors: readonly unknown[];
}

// It has no types of its own.
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => Verdict;

const text = readFileSync(sagaFile, 'utf8');

const arnByPlaceholder = (name: string): string => {
  if (name === 'TableName') return 'bookings';
  if (name === 'DeadLetterQueueUrl') return 'https://sqs.us-east-1.amazonaws.com/000000000000/dead-letters';
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
};

const parametersOf = (state: string) =>
  (stateOf(machine, state) as unknown as { Parameters: Record<string, unknown> }).Parameters;

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
    expect(functionStates.toSorted()).toEqual(
      sagaFunctions
        .filter(({ role }) => role === 'step')
        .map(({ name }) => pascalCase(name))
        .sort(),
    );
  });

  it('keeps the names that its users know', () => {
    expect(Object.keys(machine.States)).toEqual(
      expect.arrayContaining([
        'RouteAction',
        ...forward,
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
    for (const state of forward.filter((name) => functionStates.includes(name))) {
      for (const error of errors.filter(({ retryable }) => retryable)) {
        expect(retriesOf(stateOf(machine, state), true)).toContain(error.name);
      }
    }
  });
});
