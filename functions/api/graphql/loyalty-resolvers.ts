import { accountToRead } from '#functions/loyalty/loyalty-policy.ts';
import type { QueryGetLoyaltyArgs } from '#schema/graphql/types.ts';
import type { GraphQlContext } from './context.ts';
import { unauthorized } from './errors.ts';
import { keyText } from './text-rules.ts';

export const loyaltyResolvers = {
  async getLoyalty({ customer }: QueryGetLoyaltyArgs, { caller, ports }: GraphQlContext) {
    const account = accountToRead(caller, customer ?? undefined);
    if (account === undefined) throw unauthorized('Not Authorized to access getLoyalty on type Query');
    return ports.loyalty.get(keyText('customer', account));
  },
};
