import type { DeadLetterKind } from '#schema/dead-letter.ts';
import { keys } from '#schema/table.ts';

/** Relative to the project, for messages. */
export const callsFile = 'statemachine/tools/calls.ts';

/** What a state gives to its call. `undefined`: the run's input as it is. */
type Parameters = Readonly<Record<string, unknown>>;

const { pk, sk } = keys.flightInventory('{}');

/** Both updates are of one flight's seats for one execution; free seats and holds together stay the same. */
const seatTask = (expressions: Parameters, values: Parameters = {}): Parameters => ({
  TableName: '{{TableName}}',
  Key: { pk: { 'S.$': `States.Format('${pk}', $.outbound_flight_id)` }, sk: { S: sk } },
  ...expressions,
  ExpressionAttributeValues: {
    ':one': { N: '1' },
    ...values,
    ':hold': { 'S.$': '$.execution_id' },
    ':holds': { 'SS.$': 'States.Array($.execution_id)' },
  },
});

/** `DeadLetter` of schema/dead-letter.ts. */
const letter = (kind: DeadLetterKind, failedLayers: Parameters): Parameters => ({
  QueueUrl: '{{DeadLetterQueueUrl}}',
  MessageBody: {
    kind,
    'trip_id.$': '$.trip_id',
    'execution_id.$': '$.execution_id',
    'execution.$': '$$.Execution.Id',
    'input.$': '$$.Execution.Input',
    ...failedLayers,
  },
});

const untold = (state: string): Parameters =>
  letter('notification', { failedLayers: { [`${state}.$`]: `$.${state}Error` } });

const parameters: ReadonlyMap<string, Parameters> = new Map([
  // Only the state machine knows when a run was started; `unwrap-opening.ts` takes both apart.
  ['ReserveBooking', { 'run.$': '$', 'openedAt.$': '$$.Execution.StartTime' }],
  [
    'ReserveSeat',
    seatTask(
      {
        UpdateExpression: 'SET seatCapacity = seatCapacity - :one ADD seatHolds :holds',
        ConditionExpression: 'seatCapacity > :zero AND NOT contains(seatHolds, :hold)',
      },
      { ':zero': { N: '0' } },
    ),
  ],
  [
    'ReleaseSeat',
    seatTask({
      UpdateExpression: 'SET seatCapacity = seatCapacity + :one DELETE seatHolds :holds',
      ConditionExpression: 'contains(seatHolds, :hold)',
    }),
  ],
  ['SendConfirmationToDeadLetterQueue', untold('NotifyBookingConfirmed')],
  ['SendCancellationToDeadLetterQueue', untold('NotifyBookingFailed')],
  ['SendToDeadLetterQueue', letter('compensation', { 'failedLayers.$': '$.failedLayers' })],
]);

const updateItem = 'arn:aws:states:::dynamodb:updateItem';
const sendMessage = 'arn:aws:states:::sqs:sendMessage';

/** The states that call a service themselves. All others call the function of their name. */
const services: ReadonlyMap<string, string> = new Map([
  ['ReserveSeat', updateItem],
  ['ReleaseSeat', updateItem],
  ['SendConfirmationToDeadLetterQueue', sendMessage],
  ['SendCancellationToDeadLetterQueue', sendMessage],
  ['SendToDeadLetterQueue', sendMessage],
]);

export interface Call {
  readonly resource: string;
  readonly isService: boolean;
  readonly parameters: Parameters | undefined;
}

/** What a Task has to call, and with what: the one list of it that the ASL is held equal to. */
export function callOf(state: string): Call {
  const service = services.get(state);
  return {
    resource: service ?? `{{${state}FunctionArn}}`,
    isService: service !== undefined,
    parameters: parameters.get(state),
  };
}
