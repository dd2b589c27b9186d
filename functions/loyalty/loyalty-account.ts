export const loyaltyLevels = ['bronze', 'silver', 'gold'] as const;
export type LoyaltyLevel = (typeof loyaltyLevels)[number];

/** How a customer stands. */
export interface LoyaltyAccount {
  readonly points: number;
  readonly level: LoyaltyLevel;
  /** Points to the next level; 0 at the highest. */
  readonly remainingPoints: number;
}

export interface LoyaltyReader {
  /** A customer without bookings has an account with nothing on it. */
  get(customer: string): Promise<LoyaltyAccount>;
}

/** As in the airline sample: fewer points than silver needs, including 0, is bronze. */
const silverFrom = 50_000;
const goldFrom = 100_000;

export function accountOf(points: number): LoyaltyAccount {
  if (points >= goldFrom) return { points, level: 'gold', remainingPoints: 0 };
  if (points >= silverFrom) return { points, level: 'silver', remainingPoints: goldFrom - points };
  return { points, level: 'bronze', remainingPoints: silverFrom - points };
}
