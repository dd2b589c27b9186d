import { count } from '#functions/shared/observability.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { CompensationInput } from '#schema/saga-input.ts';
import { notifyBooking } from './booking-notification.ts';
import { snsBookingTopic } from './sns-booking-topic.ts';

const dependencies = { topic: snsBookingTopic(), count };

export const handler = sagaStep('NotifyBookingConfirmed', CompensationInput, (trip) =>
  notifyBooking('CONFIRMED', trip, dependencies),
);
