import '#test/support/lambda-environment.ts';
import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it, jest } from '@jest/globals';
import { notifyBooking } from '#functions/notification/booking-notification.ts';
import { snsBookingTopic } from '#functions/notification/sns-booking-topic.ts';
import type { ToldBookings } from '#functions/notification/told-bookings.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { BookingEvent } from '#schema/booking-event.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { anotherRunOf, aTrip } from '#test/support/trips.ts';

interface Header {
  readonly execution_id: string;
  readonly status: BookingStatus;
  readonly replaces?: string;
}

/** A topic, and the header of one trip; by default the one that the message is about. */
const aTopic = ({ error, header }: { error?: Error; header?: Header | undefined } = {}) => {
  const published: { subject: string; event: BookingEvent }[] = [];
  const counted: string[] = [];
  const topic = {
    publish: async (subject: string, event: BookingEvent) => {
      if (error !== undefined) throw error;
      published.push({ subject, event });
    },
  };
  const told: unknown[] = [];
  const bookings: ToldBookings = {
    standing: async () => header && { ...header, executionId: header.execution_id, isUnfinished: true },
    told: async ({ execution_id }, status) => void told.push([execution_id, status]),
  };
  return { published, counted, told, deps: { topic, bookings, count: (metric: string) => void counted.push(metric) } };
};

const headerOf = (trip: BookingRunInput, status: BookingStatus): Header => ({
  execution_id: trip.execution_id,
  status,
});

describe('notifying the customer', () => {
  it.each([
    ['CONFIRMED', 'Your holiday is booked'],
    ['CANCELLED', 'Your holiday booking was cancelled'],
  ] as const)('tells of a booking that is %s', async (status, subject) => {
    const trip = aTrip({ amount: '450.00' });
    const { deps, published, counted, told } = aTopic({ header: headerOf(trip, status) });
    await expect(notifyBooking(status, trip, deps)).resolves.toBe(true);
    expect(told).toEqual([[trip.execution_id, status]]);
    expect(published).toEqual([
      {
        subject,
        event: {
          bookingId: trip.trip_id,
          customer: 'alice',
          bookingReference: bookingReferenceOf(trip.execution_id),
          status,
          price: 450,
          currency: 'USD',
        },
      },
    ]);
    expect(BookingEvent.safeParse(published[0]?.event).success).toBe(true);
    expect(counted).toEqual(['SuccessfulNotification']);
  });

  it.each([
    ['lacks amount, currency and customer', { amount: undefined, currency: undefined, customer: undefined }],
    ['has an amount that no step accepts', { amount: 'much', currency: undefined, customer: undefined }],
  ])('tells of the cancellation of an input that %s', async (_, fields) => {
    const trip = aTrip(fields);
    const { deps, published, counted } = aTopic({ header: headerOf(trip, 'CANCELLED') });
    await notifyBooking('CANCELLED', trip, deps);
    expect(published[0]?.event).toMatchObject({ customer: 'unknown', price: 0, currency: '' });
    expect(counted).toEqual(['SuccessfulNotification']);
  });

  it('counts a topic that fails, and passes the error on', async () => {
    const trip = aTrip();
    const { deps, counted, told } = aTopic({ error: new Error('topic down'), header: headerOf(trip, 'CONFIRMED') });
    await expect(notifyBooking('CONFIRMED', trip, deps)).rejects.toThrow('topic down');
    expect(counted).toEqual(['FailedNotification']);
    expect(told).toEqual([]);
  });

  const trip = aTrip();
  const rebooked = anotherRunOf(trip);
  const refusedBy = anotherRunOf(trip, { started_at: '2026-03-01T09:00:00.000Z' });
  const later = anotherRunOf(trip);
  it.each<[string, BookingEvent['status'], Header | undefined]>([
    ['a confirmation of a booking that is being cancelled', 'CONFIRMED', headerOf(trip, 'CANCELLING')],
    ['a confirmation of a booking that is cancelled', 'CONFIRMED', headerOf(trip, 'CANCELLED')],
    ['a confirmation of a booking that was made anew', 'CONFIRMED', headerOf(rebooked, 'CONFIRMED')],
    [
      'a confirmation of a booking that was cancelled and made anew',
      'CONFIRMED',
      { ...headerOf(rebooked, 'CONFIRMED'), replaces: trip.execution_id },
    ],
    ['a cancellation of a booking that stands', 'CANCELLED', headerOf(trip, 'CONFIRMED')],
    ['a cancellation that is not done yet', 'CANCELLED', headerOf(trip, 'CANCELLING')],
    ['a cancellation of a run that an earlier booking has refused', 'CANCELLED', headerOf(refusedBy, 'CONFIRMED')],
    ['a cancellation of a run that a later booking has refused', 'CANCELLED', headerOf(later, 'CONFIRMED')],
    ['anything of a trip without a header', 'CONFIRMED', undefined],
  ])('does not send %s', async (_, status, header) => {
    const { deps, published, counted, told } = aTopic({ header });
    await expect(notifyBooking(status, trip, deps)).resolves.toBe(false);
    expect([published, counted, told]).toEqual([[], [], []]);
  });

  it('sends the cancellation of a booking whose trip was booked anew since: its points are still to be taken back', async () => {
    const { deps, published } = aTopic({ header: { ...headerOf(rebooked, 'CONFIRMED'), replaces: trip.execution_id } });
    await expect(notifyBooking('CANCELLED', trip, deps)).resolves.toBe(true);
    expect(published[0]?.event).toMatchObject({ bookingReference: bookingReferenceOf(trip.execution_id) });
  });
});

describe('the booking topic', () => {
  it.each([
    ['CONFIRMED', 'confirmed'],
    ['CANCELLED', 'cancelled'],
  ] as const)('gets JSON, a subject and the status %s to filter on', async (status, filtered) => {
    process.env.BOOKING_TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:bookings';
    const send = jest.spyOn(SNSClient.prototype, 'send').mockImplementation(async () => ({}));
    const event = { bookingId: 't', customer: 'c', bookingReference: 'ABC234', status, price: 1.5, currency: 'USD' };
    await snsBookingTopic().publish('A subject', event);
    const sent = send.mock.calls.map(([command]) => command.input);
    send.mockRestore();
    expect(sent).toEqual([
      {
        TopicArn: 'arn:aws:sns:us-east-1:000000000000:bookings',
        Subject: 'A subject',
        Message: JSON.stringify(event),
        MessageAttributes: { 'Booking.Status': { DataType: 'String', StringValue: filtered } },
      },
    ]);
  });

  it('is named by the environment, or the function does not load', () => {
    delete process.env.BOOKING_TOPIC_ARN;
    expect(() => snsBookingTopic()).toThrow(/BOOKING_TOPIC_ARN is missing/);
  });
});
