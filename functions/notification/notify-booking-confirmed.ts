import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { notifyBooking } from './booking-notification.ts';
import { notificationDependencies } from './notification-dependencies.ts';

const dependencies = notificationDependencies();

export const handler = sagaStep('NotifyBookingConfirmed', CompensationInput, async (trip) => {
  await notifyBooking('CONFIRMED', trip, dependencies);
});
