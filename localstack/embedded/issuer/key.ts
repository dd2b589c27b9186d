/** The issuer's RSA key: made anew, or kept in a file that a token command in another process reads. */

import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

export interface SigningKey {
  readonly privateKey: CryptoKey;
  /** With `kid`, `alg` and `use`. */
  readonly publicJwk: JWK;
}

/** @throws an error that names the file when it holds no RSA key */
export async function signingKey(file?: string): Promise<SigningKey> {
  const stored = file === undefined ? undefined : read(file);
  if (stored !== undefined) return fromJwk(parse(stored, file as string));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return fromJwk(file === undefined ? jwk : store(jwk, file));
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string, file: string): JWK {
  try {
    const jwk = JSON.parse(text) as JWK;
    if (jwk.kty === 'RSA' && jwk.d !== undefined) return jwk;
  } catch {
    // Told below, with the file's name.
  }
  throw new Error(`${file} holds no private RSA key in JWK form: remove it, and a new one is made`);
}

/** @returns the key that is in the file afterwards: another process may have been faster */
function store(jwk: JWK, file: string): JWK {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return parse(readFileSync(file, 'utf8'), file);
}

async function fromJwk(jwk: JWK): Promise<SigningKey> {
  const { n, e, kty } = jwk as JWK & { n: string; e: string; kty: string };
  const kid = await calculateJwkThumbprint({ n, e, kty });
  const privateKey = (await importJWK(jwk, 'RS256')) as CryptoKey;
  return { privateKey, publicJwk: { kty, n, e, kid, alg: 'RS256', use: 'sig' } };
}
