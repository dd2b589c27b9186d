import type { Caller } from '#functions/shared/http/caller.ts';

/**
 * Whose account a caller sees: their own, or, for an Admin, that of the customer they name.
 * @returns undefined where a caller who is no Admin names another customer
 */
export function accountToRead(caller: Caller, customer?: string): string | undefined {
  if (customer === undefined || customer === caller.sub) return caller.sub;
  return caller.isAdmin ? customer : undefined;
}
