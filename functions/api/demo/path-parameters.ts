import { decodedPath } from './decoded-path.ts';

/**
 * Names of what looks like parameters in a path, where nothing reads them: `runType`, `b` and `c` of
 * `/runType=success/trip;b?c=1`, whose question mark was percent-encoded.
 */
export function pathParameters(rawPath: string): readonly string[] {
  return [...decodedPath(rawPath).matchAll(/([/\\;?&#])([^/\\;?&#=]+)(=?)/g)].flatMap(
    ([, before, name = '', equals]) => (equals === '=' || before === ';' ? [name] : []),
  );
}
