import crypto, { createSecretKey } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Node asks whether an HMAC's key is a key object by an error that it throws and catches, which costs four times what the HMAC does. So one is
 * made of bytes first: the SDK signs each request with bytes.
 */
export function makeSecretKeys(): void {
  const { createHmac } = crypto;
  crypto.createHmac = (algorithm, key, options) =>
    createHmac(algorithm, ArrayBuffer.isView(key) ? createSecretKey(key) : key, options);
  syncBuiltinESMExports();
}
