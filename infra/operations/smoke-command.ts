import { jsonOfFile, refuseUnread } from './option-values.ts';
import { UsageError } from './run-command.ts';
import { smoke } from './smoke.ts';
import { asSmokeCustomer } from './smoke-customer.ts';

/** Options as they were given. */
export interface SmokeValues {
  readonly outputs?: string | undefined;
  readonly 'api-url'?: string | undefined;
  readonly token?: string | undefined;
  readonly 'read-only'?: boolean | undefined;
}

export interface SmokeDoors {
  readonly print: (line: string) => void;
  readonly smoke: typeof smoke;
  readonly asCustomer: typeof asSmokeCustomer;
}

const doorsOfProcess: SmokeDoors = { print: (line) => console.log(line), smoke, asCustomer: asSmokeCustomer };

/**
 * Tries the stage that the options name, for the customer that they name.
 * @throws UsageError where they name none
 */
export async function smokeCommand(values: SmokeValues, doors: SmokeDoors = doorsOfProcess): Promise<void> {
  const outputs: Outputs = values.outputs ? outputsOf(values.outputs) : {};
  if (values['read-only']) refuseUnread(values, '--read-only', ['outputs', 'api-url', 'read-only']);
  const apiUrl = values['api-url'] ?? outputs.api_url?.value;
  if (!apiUrl)
    throw new UsageError('name the stage: --api-url URL, or --outputs FILE with what `terraform output -json` prints');
  if (!/^https?:/.test(apiUrl) || !URL.canParse(apiUrl))
    throw new UsageError(`the API's address must be a URL such as https://example.org, not "${apiUrl}"`);
  const { print } = doors;
  const [userPoolId, clientId] = [outputs.user_pool_id?.value, outputs.user_pool_client_id?.value];

  if (values['read-only']) return doors.smoke({ apiUrl, print });
  if (values.token) return doors.smoke({ apiUrl, print, token: values.token });
  if (!userPoolId || !clientId)
    throw new UsageError('whose booking shall it be? Give --token, or --outputs with a user pool');
  await doors.asCustomer({ userPoolId, clientId }, (token) => doors.smoke({ apiUrl, print, token }));
}

type Outputs = Readonly<Record<string, { readonly value: string } | undefined>>;

function outputsOf(file: string): Outputs {
  const outputs = jsonOfFile(file);
  if (typeof outputs === 'object' && outputs !== null && !Array.isArray(outputs)) return outputs as Outputs;
  throw new Error(`${file} is not what \`terraform output -json\` prints: an object of outputs`);
}
