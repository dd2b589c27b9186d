import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { Retrier } from './asl.ts';

/** Relative to the project, for messages. */
export const triesFile = 'statemachine/tools/tries.ts';

/** All tries wait alike: long enough for a short trouble, and not all runs at once. */
const pace = {
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxAttempts: 3,
  MaxDelaySeconds: 10,
  JitterStrategy: 'FULL',
} as const;

/** Of Lambda, of the SDK and of an attempt that was cut short: what passes by waiting. */
const passingOfFunctions = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'States.Timeout',
  'TimeoutError',
  'TransactionConflictError',
  'TransactionConflictException',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
];
/** Under the names that the integration gives them; codes without a class of their own have that of the last but one. */
const passingOfDynamoDb = [
  'DynamoDB.ProvisionedThroughputExceededException',
  'DynamoDB.ThrottlingException',
  'DynamoDB.RequestLimitExceededException',
  'DynamoDB.RequestLimitExceeded',
  'DynamoDB.TransactionConflictException',
  'DynamoDB.InternalServerErrorException',
  'DynamoDB.InternalServerError',
  'DynamoDB.SdkClientException',
  'DynamoDB.AmazonDynamoDBException',
  'States.Timeout',
];

/** What any step may refuse: an input that is wrong stays so, and a fault on purpose is to be seen at once. */
const always = ['InvalidSagaInputError', 'InjectedFaultError'];
/** The condition of the update did not hold: sold out, or no seat to give back. */
const conditionFailed = ['DynamoDB.ConditionalCheckFailedException'];

interface Tries {
  /** What waiting does not change, so that it is not tried again. */
  readonly refused?: readonly string[];
  /** What is tried again. `States.ALL` for what undoes or tells: nothing else would do it. */
  readonly passing: readonly string[];
}

const ofReservation: Tries = {
  refused: ['BookingNotOpenError', 'ReservationConflictError', ...always],
  passing: passingOfFunctions,
};
const ofConfirmation: Tries = { refused: ['ReservationNotFoundError', ...always], passing: passingOfFunctions };
const untilDone: Tries = { passing: ['States.ALL'] };

/** In what the saga's own states differ from `untilDone`: each forward step says what its function or condition refuses. */
const ofSaga: Readonly<Record<string, Tries>> = {
  ReserveBooking: { refused: ['BookingAlreadyExistsError', ...always], passing: passingOfFunctions },
  ReserveSeat: { refused: conditionFailed, passing: passingOfDynamoDb },
  TakePayment: {
    refused: [
      'BookingNotOpenError',
      'ReservationConflictError',
      'ReservationNotFoundError',
      'PaymentDeclinedError',
      'ChargeClosedError',
      ...always,
    ],
    passing: passingOfFunctions,
  },
  ConfirmBooking: { refused: ['BookingNotOpenError', ...always], passing: passingOfFunctions },
  NotifyBookingConfirmed: { refused: always, passing: ['States.ALL'] },
  NotifyBookingFailed: { refused: always, passing: ['States.ALL'] },
  ReleaseSeat: { refused: conditionFailed, passing: ['States.ALL'] },
  // What another state has left is there at the next try, too.
  CloseBooking: { refused: ['BookingNotFencedError', 'ReservationsRemainError'], passing: ['States.ALL'] },
};

/** The retriers that a Task has to have: the one list of them that the ASL is held equal to. */
export function retriersOf(state: string, legs: readonly LegRecord[]): readonly Retrier[] {
  const ofLegs = new Map(
    legs.flatMap(({ states }) => [
      [states.reserve, ofReservation],
      [states.confirm, ofConfirmation],
    ]),
  );
  const { refused, passing } =
    ofLegs.get(state) ?? (Object.hasOwn(ofSaga, state) ? ofSaga[state] : undefined) ?? untilDone;
  return [
    ...(refused === undefined ? [] : [{ ErrorEquals: refused, MaxAttempts: 0 }]),
    { ErrorEquals: passing, ...pace },
  ];
}
