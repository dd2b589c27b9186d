import '#test/support/lambda-environment.ts';
import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it, jest } from '@jest/globals';
import { notifyBooking } from '#functions/notification/booking-notification.ts';
import { snsBookingTopic } from '#functions/notification/sns-booking-topic.ts';
import { bookingReferenceOf } from '#functions/shared/derived-ids.ts';
import { BookingEvent } from '#schema/booking-event.ts';
import { aTrip } from '#test/support/trips.ts';

const aTopic = (error?: Error) => {
  const published: { subject: string; event: BookingEvent }[] = [];
  const counted: string[] = [];
  const topic = {
    publish: async (subject: string, event: BookingEvent) => {
      if (error !== undefined) throw error;
      published.push({ subject, event });
    },
  };
  return { published, counted, deps: { topic, count: (metric: string) => void counted.push(metric) } };
};

describe('notifying the customer', () => {
  it.each([
    ['CONFIRMED', 'Your holiday is booked'],
    ['CANCELLED', 'Your holiday booking was cancelled'],
  ] as const)('tells of a booking that is %s', async (status, subject) => {
    const { deps, published, counted } = aTopic();
    const trip = aTrip();
    await notifyBooking(status, trip, deps);
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
    const { deps, published, counted } = aTopic();
    await notifyBooking('CANCELLED', aTrip(fields), deps);
    expect(published[0]?.event).toMatchObject({ customer: 'unknown', price: 0, currency: '' });
    expect(counted).toEqual(['SuccessfulNotification']);
  });

  it('counts a topic that fails, and passes the error on', async () => {
    const { deps, counted } = aTopic(new Error('topic down'));
    await expect(notifyBooking('CONFIRMED', aTrip(), deps)).rejects.toThrow('topic down');
    expect(counted).toEqual(['FailedNotification']);
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
