import { UsageError } from '#infra/operations/run-command.ts';

export const usage = `npm run flights -- import FILE [--target TARGET]    puts flights of your own into the catalog
npm run flights -- restock ID  [--target TARGET]    cancels the demo's confirmed bookings of a flight

  FILE        JSON: a list of flights, or one
  TARGET      embedded (npm start, the default), localstack, ministack, an endpoint such as http://127.0.0.1:4566, or aws
  STAGE       local (default), dev or prod
  AWS_PORT, AWS_ENDPOINT_URL    where the emulator is, if not on port 4566
  AWS_REGION                    region on AWS, where your own credentials are used
  --help                        this text`;

export const config = {
  allowPositionals: true,
  options: { target: { type: 'string', default: 'embedded' } },
} as const;

export type Command =
  | { readonly action: 'import'; readonly file: string }
  | { readonly action: 'restock'; readonly id: string };

/** @throws UsageError for words that make no sense */
export function commandOf(words: readonly string[]): Command {
  const [action, subject, ...more] = words;
  if (more.length === 0 && subject !== undefined) {
    if (action === 'import') return { action, file: subject };
    if (action === 'restock') return { action, id: subject };
  }
  throw new UsageError(words.length === 0 ? 'which command? import or restock' : `"${words.join(' ')}" makes no sense`);
}
