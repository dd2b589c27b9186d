/** What an API's `cors_configuration` says. Rules: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */

import { addressOf, checkRange } from '../resource.ts';
import type { StackResource } from '../types.ts';
import { texts } from './attributes.ts';

export interface CorsSettings {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  /** Lower-case names. */
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly credentials: boolean;
  /** Seconds. */
  readonly maxAge: number | undefined;
}

/** A star stands for all, or for all of a scheme, and for no part of a host. */
const ORIGIN = /^(?:\*|https?:\/\/\*|[a-z][a-z\d+.-]*:\/\/[^*]+)$/i;
const METHODS = ['*', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
/** Of seconds; AWS takes -1, by which browsers keep no preflight. */
const MAX_AGE = [-1, 86_400] as const;

/** @returns undefined where there is none. @throws Error that names the place of what AWS refuses */
export function corsSettingsOf(api: StackResource): CorsSettings | undefined {
  const { cors_configuration: cors } = api.attributes;
  if (cors === undefined) return undefined;
  const place = `${addressOf(api)}.cors_configuration`;
  const list = (name: string) => texts(`${place}.${name}`, cors[name]);
  const refuseOthers = (name: string, values: readonly string[], known: (value: string) => boolean, what: string) => {
    const other = values.find((value) => !known(value));
    if (other !== undefined) throw new Error(`${place}.${name}: "${other}" is ${what}`);
  };

  const origins = list('allow_origins');
  const methods = list('allow_methods').map((method) => method.toUpperCase());
  refuseOthers(
    'allow_origins',
    origins,
    (origin) => ORIGIN.test(origin),
    'no origin: write *, http://*, https://* or a whole one with its scheme, https://a.example',
  );
  refuseOthers(
    'allow_methods',
    methods,
    (method) => METHODS.includes(method),
    `no method: write ${METHODS.join(', ')}`,
  );
  const credentials = cors.allow_credentials === true;
  if (credentials && origins.includes('*')) {
    throw new Error(
      `${place}.allow_credentials: is not for the origin "*": write https://*, or the origins themselves`,
    );
  }
  const maxAge = cors.max_age ?? undefined;
  if (maxAge !== undefined) checkRange(`${place}.max_age`, maxAge, MAX_AGE);
  return {
    origins,
    methods,
    allowedHeaders: list('allow_headers').map((name) => name.toLowerCase()),
    exposedHeaders: list('expose_headers'),
    credentials,
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
  };
}
