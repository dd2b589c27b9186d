import { cancellation, scenarioOf } from './scenarios.ts';

/** Runs a booking by type; those of bookings add up to 1, and cancellations come besides. */
export type Mix = ReadonlyMap<string, number>;

/** An assumption: most bookings that fail are declined cards, and two of a hundred are cancelled later. */
export const defaultMix = 'customer=92,failPayment=6,failHotelReservation=2,cancel=2';

/** `success=90,failPayment=10`, in parts of any sum; `cancel` is a confirmed booking that is cancelled later. @throws Error that says what is wrong */
export function readMix(text: string): Mix {
  const parts = text.split(',').map((part) => {
    const [name = '', share = '', ...more] = part.split('=');
    const value = Number(share);
    if (share === '' || more.length > 0 || !(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new Error(`--mix takes parts like success=90, separated by commas, not "${part}"`);
    }
    return [scenarioOf(name.trim()).name, value] as const;
  });
  const sum = parts.reduce((total, [name, value]) => total + (name === cancellation ? 0 : value), 0);
  if (sum === 0) throw new Error('--mix has no booking above 0');
  const mix = new Map<string, number>();
  for (const [name, value] of parts) mix.set(name, (mix.get(name) ?? 0) + value / sum);
  return mix;
}
