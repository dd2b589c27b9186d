import { parseArgs } from 'node:util';

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

/** Thrown for words on the command line that make no sense; `--help` has an empty message. */
export class UsageError extends Error {}

export function readOptions(args: readonly string[]): TokenOptions {
  const values = parsedArguments(args);
  if (values.help) throw new UsageError('');
  if (!values.sub) throw new UsageError('--sub is missing: whose token is it to be?');
  if (values.group.includes('')) throw new UsageError('--group must have a name');
  const expiresIn = values['expires-in'];
  if (!/^-?\d{1,9}$/.test(expiresIn)) {
    throw new UsageError(`--expires-in must be a whole number of seconds, not "${expiresIn}"`);
  }
  return { sub: values.sub, groups: values.group, expiresInSeconds: Number(expiresIn) };
}

function parsedArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        sub: { type: 'string' },
        group: { type: 'string', multiple: true, default: [] },
        'expires-in': { type: 'string', default: '3600' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
