import { parseArgs } from 'node:util';
import { DeployError } from '../deploy/deploy-error.ts';

export const usage = `npm run flights -- import FILE [--target TARGET]    puts flights of your own into the catalog
npm run flights -- restock ID  [--target TARGET]    cancels the demo's confirmed bookings of a flight

  FILE        JSON: a list of flights, or one
  TARGET      embedded (npm start, the default), localstack, ministack, an endpoint such as http://127.0.0.1:4566, or aws
  STAGE       local (default), dev or prod
  AWS_PORT, AWS_ENDPOINT_URL    where the emulator is, if not on port 4566
  AWS_REGION                    region on AWS, where your own credentials are used`;

export type Command =
  | { readonly action: 'import'; readonly file: string; readonly target: string }
  | { readonly action: 'restock'; readonly id: string; readonly target: string }
  | { readonly action: 'help' };

/** Throws DeployError for words that make no sense. */
export function readCommand(words: readonly string[]): Command {
  const { values, positionals } = parsed(words);
  if (values.help) return { action: 'help' };
  const [action, subject, ...more] = positionals;
  const { target } = values;
  if (more.length === 0 && subject !== undefined) {
    if (action === 'import') return { action, file: subject, target };
    if (action === 'restock') return { action, id: subject, target };
  }
  throw new DeployError(`"${positionals.join(' ')}" makes no sense.`, `use it so:\n\n${usage}`);
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { target: { type: 'string', default: 'embedded' }, help: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw new DeployError((error as Error).message, `use it so:\n\n${usage}`);
  }
}
