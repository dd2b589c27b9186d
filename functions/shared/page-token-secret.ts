import { randomBytes } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '#schema/table.ts';
import { loadOnce } from './load-once.ts';
import type { PageTokenSecret } from './page-token.ts';
import type { Table } from './table.ts';

const secretBytes = 32;

/** Whoever sends wrong tokens has the item read no more often. */
export const freshForMilliseconds = 5_000;

/**
 * The secret of this environment's page tokens, in the table: whoever needs it first makes it, in the same write with
 * which all others read it. So it is the same in all functions and on all targets, stands in no Terraform state or
 * environment variable, and no deployment changes it. Kept by each function instance; who deletes the item replaces the secret.
 */
export function pageTokenSecret({ client, name }: Table, now: () => number = Date.now): PageTokenSecret {
  let readAt = 0;
  const secret = loadOnce(async () => {
    readAt = now();
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: name,
        Key: keys.pageTokenSecret(),
        UpdateExpression: 'SET secret = if_not_exists(secret, :new)',
        ExpressionAttributeValues: { ':new': randomBytes(secretBytes).toString('base64') },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Buffer.from(String(Attributes?.secret), 'base64');
  });
  return ({ fresh } = { fresh: false }) => {
    if (fresh && now() - readAt >= freshForMilliseconds) secret.forget();
    return secret.get();
  };
}
