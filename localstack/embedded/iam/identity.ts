import { createHash } from 'node:crypto';
import { type Caller, OUTSIDE } from '../types.ts';
import type { Role } from './roles.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface Identity {
  /** The role whose access key this is; any other key is of a caller from outside, who may do everything. */
  callerOf(accessKeyId: string | undefined): Caller;
  /** Keys for what runs as this role. The same from run to run. Throws on a role that is not in the stack. */
  credentialsFor(roleArn: string): Credentials;
}

export function createIdentity(roles: ReadonlyMap<string, Role>): Identity {
  const credentials = new Map([...roles.keys()].map((arn) => [arn, keysFor(arn)]));
  const callers = new Map(
    [...credentials].map(([roleArn, { accessKeyId }]) => [accessKeyId, Object.freeze({ roleArn })]),
  );
  return {
    callerOf: (accessKeyId) => (accessKeyId === undefined ? OUTSIDE : (callers.get(accessKeyId) ?? OUTSIDE)),
    credentialsFor(roleArn) {
      const keys = credentials.get(roleArn);
      if (!keys) throw new Error(`No role ${roleArn} in the stack; roles are ${[...roles.keys()].join(', ')}`);
      return keys;
    },
  };
}

/** In AWS's form, `ASIA` being its mark of temporary keys. They open nothing but this local cloud. */
function keysFor(roleArn: string): Credentials {
  const digest = createHash('sha512').update(roleArn);
  const hex = digest.digest('hex');
  return {
    accessKeyId: `ASIA${hex.slice(0, 16).toUpperCase()}`,
    secretAccessKey: hex.slice(16, 56),
    sessionToken: `local-${hex.slice(56, 96)}`,
  };
}
