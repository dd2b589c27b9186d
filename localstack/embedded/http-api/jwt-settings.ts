/** What a JWT authorizer of the stack says. Rules: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */

import { addressOf } from '../resource.ts';
import type { StackResource } from '../types.ts';
import { texts } from './attributes.ts';

export interface JwtSettings {
  readonly issuer: string;
  /** One at least. */
  readonly audiences: readonly [string, ...string[]];
  /** Where the token is. */
  readonly source: { readonly in: 'header' | 'querystring'; readonly name: string };
}

const SOURCE = /^\$request\.(header|querystring)\.(.+)$/;
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** @throws Error where AWS refuses an attribute, or the local cloud does not serve it; the message names the attribute's place */
export function jwtSettingsOf(authorizer: StackResource): JwtSettings {
  const { authorizer_type: type, identity_sources: sources, jwt_configuration: jwt } = authorizer.attributes;
  const refuse = (attribute: string, what: string) => new Error(`${addressOf(authorizer)}.${attribute}: ${what}`);
  if (type !== 'JWT') throw refuse('authorizer_type', `only JWT is served here, not ${type}`);

  const [source = '', ...more] = texts(`${addressOf(authorizer)}.identity_sources`, sources);
  const [, place, name] = SOURCE.exec(source) ?? [];
  if (name === undefined || more.length > 0) {
    throw refuse('identity_sources', 'is one source, $request.header.NAME or $request.querystring.NAME');
  }
  if (!isIssuer(jwt?.issuer)) {
    throw refuse('jwt_configuration.issuer', `is an https URL, or an http one of this machine, not "${jwt?.issuer}"`);
  }
  const [audience, ...others] = texts(`${addressOf(authorizer)}.jwt_configuration.audience`, jwt.audience);
  if (audience === undefined) throw refuse('jwt_configuration.audience', 'names one audience at least');
  return {
    issuer: jwt.issuer,
    audiences: [audience, ...others],
    source: { in: place as JwtSettings['source']['in'], name },
  };
}

/** An issuer on this machine, which AWS could not reach, has no certificate. */
function isIssuer(issuer: unknown): boolean {
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return false;
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname));
}
