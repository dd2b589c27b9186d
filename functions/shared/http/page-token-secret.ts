import { randomBytes } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { loadOnce } from '#functions/shared/aws/load-once.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/aws/table.ts';
import { keys } from '#schema/table.ts';
import type { PageTokenSecret } from './page-token.ts';

const secretBytes = 32;

/** Whoever sends wrong tokens has the item read no more often. */
export const freshForMilliseconds = 5_000;

/**
 * The secret of this environment's page tokens, in the table: whoever needs it first makes it, all others only read it. So it
 * is the same in all functions and on all targets, stands in no Terraform state or environment variable, and no deployment
 * changes it. Kept by each function instance; who deletes the item replaces the secret.
 */
export function pageTokenSecret(table: Table, now: () => number = Date.now): PageTokenSecret {
  let readAt = 0;
  const secret = loadOnce(async () => {
    readAt = now();
    return Buffer.from((await kept(table)) ?? (await made(table)), 'base64');
  });
  return ({ fresh } = { fresh: false }) => {
    if (fresh && now() - readAt >= freshForMilliseconds) secret.forget();
    return secret.get();
  };
}

/** Consistently: a token of a secret that was just replaced must not open. */
async function kept({ client, name }: Table): Promise<string | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: name, Key: keys.pageTokenSecret(), ConsistentRead: true }),
  );
  return Item?.secret as string | undefined;
}

/** Where somebody else was quicker, theirs. */
async function made({ client, name }: Table): Promise<string> {
  const secret = randomBytes(secretBytes).toString('base64');
  try {
    await client.send(
      new PutCommand({
        TableName: name,
        Item: { ...keys.pageTokenSecret(), secret },
        ConditionExpression: 'attribute_not_exists(secret)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return secret;
  } catch (error) {
    if (!isConditionalCheckFailed(error)) throw error;
    return String(refusedItem(error.Item).secret);
  }
}
