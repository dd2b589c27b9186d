/**
 * `npm run smoke -- [--outputs FILE] [--api-url URL] [--token TOKEN] [--read-only]`: asks a deployed stage for what it has to
 * be able to do. `--outputs` is what `terraform output -json` prints; with its user pool the script signs a customer up and
 * takes it away again. Nothing is booked with `--read-only`.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { smoke } from './smoke.ts';
import { asSmokeCustomer } from './smoke-customer.ts';

const options = {
  outputs: { type: 'string' },
  'api-url': { type: 'string' },
  token: { type: 'string' },
  'read-only': { type: 'boolean', default: false },
} as const;

type Outputs = Readonly<Record<string, { readonly value: string } | undefined>>;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const outputs: Outputs = values.outputs ? JSON.parse(readFileSync(values.outputs, 'utf8')) : {};
  const apiUrl = values['api-url'] ?? outputs.api_url?.value;
  if (!apiUrl)
    throw new Error('name the stage: --api-url URL, or --outputs FILE with what `terraform output -json` prints');
  const print = (line: string): void => console.log(line);
  const [userPoolId, clientId] = [outputs.user_pool_id?.value, outputs.user_pool_client_id?.value];

  if (values['read-only']) return smoke({ apiUrl, print });
  if (values.token) return smoke({ apiUrl, print, token: values.token });
  if (!userPoolId || !clientId)
    throw new Error('whose booking shall it be? Give --token, or --outputs with a user pool');
  await asSmokeCustomer({ userPoolId, clientId }, (token) => smoke({ apiUrl, print, token }));
}

try {
  await main();
} catch (error) {
  console.error(`smoke: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
