import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { stateOf } from '../../../statemachine/tools/asl.ts';
import { forwardOrderOf, layers } from '../../../statemachine/tools/layers.ts';
import { functionStates, machine, retriesOf } from './saga-file.ts';

const forward = forwardOrderOf(allLegs);

describe('retries', () => {
  it('of the forward path name their errors: those that may pass, and no others', () => {
    for (const name of forward) {
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
    for (const name of forward.filter((state) => functionStates.includes(state))) {
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

  const retried = Object.entries(machine.States).filter(([, { Type }]) => Type === 'Task');
  const pace = { IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3, MaxDelaySeconds: 10, JitterStrategy: 'FULL' };

  it.each(retried)('of %s are three, growing, capped and with full jitter', (_, { Retry }) => {
    expect(Retry?.at(-1)).toEqual({ ErrorEquals: expect.anything(), ...pace });
  });

  it('of every forward function repeat the same errors', () => {
    const lists = retried.flatMap(([, { Retry }]) => [Retry?.at(-1)?.ErrorEquals ?? []]);
    const ofFunctions = lists.filter((errors) => errors.includes('Lambda.ServiceException'));
    expect(new Set(ofFunctions.map((errors) => JSON.stringify(errors))).size).toBe(1);
  });

  it.each(['CancelBooking', 'CloseBooking', ...layers.map(({ compensation }) => compensation)])(
    'of %s are on any error',
    (name) => {
      expect(stateOf(machine, name).Retry?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
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

  it.each([
    ...forward.filter((state) => functionStates.includes(state)),
    'NotifyBookingConfirmed',
    'NotifyBookingFailed',
  ])('of %s name first what does not pass by waiting, and do not repeat it', (name) => {
    expect(stateOf(machine, name).Retry?.[0]).toEqual({
      ErrorEquals: expect.arrayContaining(['InvalidSagaInputError', 'InjectedFaultError']),
      MaxAttempts: 0,
    });
  });

  it('of CloseBooking do not repeat what another state has left', () => {
    expect(stateOf(machine, 'CloseBooking').Retry?.[0]).toEqual({
      ErrorEquals: ['BookingNotFencedError', 'ReservationsRemainError'],
      MaxAttempts: 0,
    });
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
