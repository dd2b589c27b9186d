import { jsonOfFile, refuseUnread } from './option-values.ts';
import { runCommand, UsageError } from './run-command.ts';
import { smoke } from './smoke.ts';
import { asSmokeCustomer } from './smoke-customer.ts';

const usage = `npm run smoke -- [options]    asks a deployed stage for what it has to be able to do

  --outputs FILE   what \`terraform output -json\` prints: with its user pool a customer is signed up, and taken away again
  --api-url URL    the API's address, instead of the one in FILE
  --token TOKEN    books for the customer of this token
  --read-only      books nothing
  --help           this text`;

const config = {
  options: {
    outputs: { type: 'string' },
    'api-url': { type: 'string' },
    token: { type: 'string' },
    'read-only': { type: 'boolean', default: false },
  },
} as const;

type Outputs = Readonly<Record<string, { readonly value: string } | undefined>>;

function outputsOf(file: string): Outputs {
  const outputs = jsonOfFile(file);
  if (typeof outputs === 'object' && outputs !== null && !Array.isArray(outputs)) return outputs as Outputs;
  throw new Error(`${file} is not what \`terraform output -json\` prints: an object of outputs`);
}

await runCommand('smoke', usage, config, async ({ values }) => {
  const outputs: Outputs = values.outputs ? outputsOf(values.outputs) : {};
  if (values['read-only']) refuseUnread(values, '--read-only', ['outputs', 'api-url', 'read-only']);
  const apiUrl = values['api-url'] ?? outputs.api_url?.value;
  if (!apiUrl)
    throw new UsageError('name the stage: --api-url URL, or --outputs FILE with what `terraform output -json` prints');
  if (!/^https?:/.test(apiUrl) || !URL.canParse(apiUrl))
    throw new UsageError(`the API's address must be a URL such as https://example.org, not "${apiUrl}"`);
  const print = (line: string): void => console.log(line);
  const [userPoolId, clientId] = [outputs.user_pool_id?.value, outputs.user_pool_client_id?.value];

  if (values['read-only']) return smoke({ apiUrl, print });
  if (values.token) return smoke({ apiUrl, print, token: values.token });
  if (!userPoolId || !clientId)
    throw new UsageError('whose booking shall it be? Give --token, or --outputs with a user pool');
  await asSmokeCustomer({ userPoolId, clientId }, (token) => smoke({ apiUrl, print, token }));
});
