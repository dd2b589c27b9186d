import { decodedPath } from './decoded-path.ts';

/** Names of the parameters in a path's segments: `runType` and `b` of `/trip;runType=success;b`. */
export function matrixParameters(rawPath: string): readonly string[] {
  const [path = ''] = decodedPath(rawPath).split(/[?#]/);
  return path.split(/[/\\]/).flatMap((segment) => {
    const [, ...parameters] = segment.split(';');
    return parameters.map((parameter) => parameter.split('=')[0] ?? '').filter((name) => name !== '');
  });
}
