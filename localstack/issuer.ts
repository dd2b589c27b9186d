import { fileURLToPath } from 'node:url';
import { type Issuer, issuerOf, type Stack } from '#embedded/index.ts';

/** One key for all local clouds, gateways and token commands of this checkout: the first that needs it makes it. */
export const localKeyFile = fileURLToPath(new URL('../.local/issuer-key.json', import.meta.url));

/** Signs tokens that the local cloud accepts, in any process. */
export function localIssuerOf(stack: Stack): Promise<Issuer | undefined> {
  return issuerOf(stack, { keyFile: localKeyFile });
}
