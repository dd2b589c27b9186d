import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { stateOf } from '../../../statemachine/tools/asl.ts';
import { forwardOrderOf, layers } from '../../../statemachine/tools/layers.ts';
import { functionStates, machine, retriesOf, tasks } from './saga-file.ts';

const forward = forwardOrderOf(allLegs);
const forwardFunctions = forward.filter((state) => functionStates.includes(state));

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
    for (const name of forwardFunctions) {
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

  const pace = { IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3, MaxDelaySeconds: 10, JitterStrategy: 'FULL' };

  it.each(tasks)('of %s are three, growing, capped and with full jitter', (_, { Retry }) => {
    expect(Retry?.at(-1)).toEqual({ ErrorEquals: expect.anything(), ...pace });
  });

  it('of every forward function repeat the same errors', () => {
    const [first, ...others] = forwardFunctions.map((name) => stateOf(machine, name).Retry?.at(-1)?.ErrorEquals);
    for (const errors of others) expect(errors).toEqual(first);
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

  it.each([...forwardFunctions, 'NotifyBookingConfirmed', 'NotifyBookingFailed'])(
    'of %s name first what does not pass by waiting, and do not repeat it',
    (name) => {
      expect(stateOf(machine, name).Retry?.[0]).toEqual({
        ErrorEquals: expect.arrayContaining(['InvalidSagaInputError', 'InjectedFaultError']),
        MaxAttempts: 0,
      });
    },
  );

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
