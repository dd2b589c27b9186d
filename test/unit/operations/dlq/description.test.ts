import { describe, expect, it } from '@jest/globals';
import { describeLetter } from '#infra/operations/dlq/description.ts';

const letter = (overrides: object) =>
  JSON.stringify({
    kind: 'compensation',
    trip_id: 'T1',
    execution_id: 'T1.abc',
    execution: 'arn:aws:states:us-east-1:000000000000:execution:saga:T1.abc',
    input: { trip_id: 'T1', execution_id: 'T1.abc' },
    failedLayers: { RefundPayment: { Error: 'Timeout', Cause: 'the bank is closed' }, CancelHotelReservation: {} },
    ...overrides,
  });

describe('a dead letter', () => {
  it('of a compensation names each layer with its error, and the run that it starts', () => {
    expect(describeLetter(letter({}))).toEqual({
      about: 'T1: 2 layers could not be undone',
      failures: [
        { layer: 'RefundPayment', error: 'Timeout', cause: 'the bank is closed' },
        { layer: 'CancelHotelReservation', error: undefined, cause: undefined },
      ],
      run: { tripId: 'T1', executionId: 'T1.abc', starts: 'T1.abc.rr-1' },
    });
  });

  it('of a function that failed tells its message alone, and of another form what there is', () => {
    const Cause = JSON.stringify({ errorType: 'BankClosedError', errorMessage: 'the bank is closed', trace: ['x'] });
    const failedLayers = { RefundPayment: { Error: 'BankClosedError', Cause }, ReleaseSeat: 7 };
    expect(describeLetter(letter({ failedLayers })).failures).toEqual([
      { layer: 'RefundPayment', error: 'BankClosedError', cause: 'the bank is closed' },
      { layer: 'ReleaseSeat', error: undefined, cause: '7' },
    ]);
  });

  it.each([
    ['a customer’s cancellation', { cause: 'customer' }, 'T1.abc.rc-1'],
    ['a redrive', { cause: 'redrive', redrive_count: 5 }, 'T1.abc.rr-6'],
    ['the third redrive of a cancellation', { cause: 'customer', redrive_count: 3 }, 'T1.abc.rc-4'],
  ])('of %s starts the next redrive of the same cause', (_, input, starts) => {
    expect(describeLetter(letter({ kind: 'redrive', input })).run?.starts).toBe(starts);
  });

  it('of a notification says which message was not sent, and starts no run', () => {
    const failedLayers = { NotifyBookingFailed: { Error: 'x', Cause: 'y' } };
    expect(describeLetter(letter({ kind: 'notification', failedLayers }))).toMatchObject({
      about: 'T1: the message that it is CANCELLED was not sent',
      run: { starts: undefined },
    });
  });

  it('that is an execution’s event names its booking run, of whatever run the event tells', () => {
    const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:saga:T1.abc.rr-2';
    expect(describeLetter(JSON.stringify({ detail: { executionArn, status: 'ABORTED' } }))).toEqual({
      about: 'T1: the event that T1.abc.rr-2 has ended (ABORTED) was not handled',
      failures: [],
      run: { tripId: 'T1', executionId: 'T1.abc', starts: undefined },
    });
  });

  it.each([
    ['without a status', { executionArn: 'arn:aws:states:us-east-1:000000000000:execution:saga:T1.abc' }],
    ['of status null', { executionArn: 'arn:aws:states:us-east-1:000000000000:execution:saga:T1.abc', status: null }],
    ['that names its execution alone', { executionArn: 'T1.abc' }],
  ])('that is an execution’s event %s tells no status', (_, detail) => {
    expect(describeLetter(JSON.stringify({ detail })).about).toBe(
      'T1: the event that T1.abc has ended was not handled',
    );
  });

  it.each([
    ['compensation', { RefundPayment: {} }, 'T1: 1 layer could not be undone'],
    ['redrive', { RefundPayment: {} }, 'T1: the last redrive failed'],
    ['notification', { NotifyBookingConfirmed: {} }, 'T1: the message that it is CONFIRMED was not sent'],
    ['notification', { NotifyAll: {} }, 'T1: the message that it is final was not sent'],
  ])('of kind %s with the layers %j says what failed', (kind, failedLayers, about) => {
    expect(describeLetter(letter({ kind, failedLayers })).about).toBe(about);
  });

  it('that is a failed run tells as much as its record has', () => {
    const failed = (record: object) => {
      const { about, failures } = describeLetter(JSON.stringify(record));
      return [about, failures];
    };
    const requestContext = { functionArn: 'reconcile' };

    expect(failed({ requestContext })).toEqual(['a scheduled run of reconcile failed', []]);
    expect(failed({ requestContext, responsePayload: {} })).toEqual(['a scheduled run of reconcile failed', []]);
    expect(failed({ requestContext, responsePayload: { errorMessage: 'too late' } })).toEqual([
      'a scheduled run of reconcile failed',
      [{ layer: undefined, error: undefined, cause: 'too late' }],
    ]);
  });

  it('that is a planned redrive names its booking run', () => {
    const body = JSON.stringify({ kind: 'delayed-redrive', input: { trip_id: 'T1', execution_id: 'T1.abc' } });
    expect(describeLetter(body).run).toEqual({ tripId: 'T1', executionId: 'T1.abc', starts: undefined });
  });

  it('that is a booking’s message or a failed run says so', () => {
    const message = {
      bookingId: 'T1',
      customer: 'c',
      bookingReference: 'r',
      status: 'CONFIRMED',
      price: 1,
      currency: 'EUR',
    };
    const record = {
      requestContext: { functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:reconcile:$LATEST' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'no such thing' },
    };
    expect(describeLetter(JSON.stringify(message)).about).toBe(
      "T1: the message that it is CONFIRMED did not change the customer's points",
    );
    expect(describeLetter(JSON.stringify(record))).toMatchObject({
      about: 'a scheduled run of reconcile failed',
      failures: [{ layer: undefined, error: 'TypeError', cause: 'no such thing' }],
    });
  });

  it.each(['', 'no JSON', 'null', '[]', '{"kind":"compensation"}', '{"detail":{}}', '{"kind":"x"}'])(
    'of an unknown form, %j, is described all the same',
    (body) => {
      expect(describeLetter(body)).toEqual({ about: 'a message of an unknown form', failures: [], run: undefined });
    },
  );
});
