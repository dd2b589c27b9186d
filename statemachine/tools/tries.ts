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

/** Errors that pass by waiting: of Lambda, of the SDK, and of an attempt that was cut short. */
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
/** The same of DynamoDB, as the integration names them. An error without a class of its own is `AmazonDynamoDBException`. */
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

/** Errors that neither a forward step nor a notification tries again: a wrong input stays wrong, and an injected fault should show at once. */
const always = ['InvalidSagaInputError', 'InjectedFaultError'];
/** The condition of the update did not hold: sold out, or no seat to give back. */
const conditionFailed = ['DynamoDB.ConditionalCheckFailedException'];

interface Tries {
  /** Errors that are not tried again, since waiting does not change them. */
  readonly refused?: readonly string[];
  /** Errors that are tried again: `States.ALL` for steps that undo or notify, since no other step does their work. */
  readonly passing: readonly string[];
}

const ofReservation: Tries = {
  refused: ['BookingNotOpenError', 'ReservationConflictError', ...always],
  passing: passingOfFunctions,
};
const ofConfirmation: Tries = { refused: ['ReservationNotFoundError', ...always], passing: passingOfFunctions };
const untilDone: Tries = { passing: ['States.ALL'] };

/** The saga's own states whose tries differ from `untilDone`. `refused` are the errors by which its function or its condition refuses. */
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
  // Neither the missing fence nor the reservations that remain change by waiting.
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
