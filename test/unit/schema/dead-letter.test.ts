import { describe, expect, it } from '@jest/globals';
import { untoldStatus } from '#schema/dead-letter.ts';

const failure = { Error: 'KMSThrottlingException', Cause: '' };

describe('what the customer was not told', () => {
  it.each([
    ['NotifyBookingConfirmed', 'CONFIRMED'],
    ['NotifyBookingFailed', 'CANCELLED'],
  ])('given that %s failed, then is that the booking is %s', (state, status) => {
    expect(untoldStatus({ failedLayers: { [state]: failure } })).toBe(status);
  });

  it('given another layer that failed before it, then is told all the same', () => {
    const failedLayers = { RefundPayment: failure, NotifyBookingFailed: failure };
    expect(untoldStatus({ failedLayers })).toBe('CANCELLED');
  });

  it('given no failed notification, then is nothing', () => {
    expect(untoldStatus({ failedLayers: { RefundPayment: failure } })).toBeUndefined();
  });
});
