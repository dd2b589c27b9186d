import { GetCommand } from '#functions/shared/aws/document-commands.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { keys } from '#schema/table.ts';
import { accountOf, type LoyaltyReader } from './loyalty-account.ts';

export function dynamoDbLoyaltyReader({ client, name }: Table): LoyaltyReader {
  return {
    async get(customer) {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: keys.loyaltyAccount(customer), ConsistentRead: true }),
      );
      return accountOf(Number(Item?.points ?? 0));
    },
  };
}
