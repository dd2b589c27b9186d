import type { ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '#infra/operations/run-command.ts';

export interface TokenOptions {
  readonly sub: string;
  readonly groups: readonly string[];
  readonly expiresInSeconds: number;
}

export const usage = `npm run -s token -- --sub NAME [options]

  --sub NAME          the customer, for instance alice
  --group NAME        a group of the customer, for instance Admin; may be given again
  --expires-in N      seconds that the token is good for (default: 3600); --expires-in=-60 gives one that has expired
  --help              this text

  STAGE      the stage whose local cloud is to take the token (default: local)`;

export const config = {
  options: {
    sub: { type: 'string' },
    group: { type: 'string', multiple: true, default: [] },
    'expires-in': { type: 'string', default: '3600' },
  },
} as const satisfies ParseArgsConfig;

/** @throws UsageError for words that make no sense */
export function optionsOf(values: ReturnType<typeof parseArgs<typeof config>>['values']): TokenOptions {
  const { sub, group, 'expires-in': expiresIn } = values;
  if (!sub) throw new UsageError('--sub is missing: whose token is it to be?');
  if (group.includes('')) throw new UsageError('--group must have a name');
  if (!/^-?\d{1,9}$/.test(expiresIn)) {
    throw new UsageError(`--expires-in must be a whole number of seconds, not "${expiresIn}"`);
  }
  return { sub, groups: group, expiresInSeconds: Number(expiresIn) };
}
