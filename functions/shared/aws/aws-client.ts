import toFastProperties from 'to-fast-properties';

/** Of every SDK client. */
export const clientDefaults = {
  // Else each request puts some twenty middlewares in order again.
  cacheMiddleware: true,
  /**
   * Bounds of one request to AWS. The SDK makes three attempts, so a connection that hangs is given up well inside a
   * function's own ten seconds, and the step says so instead of being stopped in the middle.
   * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-timeouts.html
   */
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    // Without it the client only warns and goes on waiting.
    throwOnRequestTimeout: true,
  },
} as const;

/** A client of the SDK with the settings that all functions have. */
export function createClient<Client extends { readonly config: object }>(
  SdkClient: new (settings: typeof clientDefaults) => Client,
): Client {
  const client = new SdkClient(clientDefaults);
  // Each request copies it four times: docs/decisions/fast-client-configuration.md
  toFastProperties(client.config);
  return client;
}
