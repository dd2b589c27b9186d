import type { Request } from './http.ts';
import type { Wires } from './wire.ts';

/** Which service a request is for and with whose key; nothing of it is verified, since anyone may use the local cloud. */
export interface Addressee {
  /** Signing name; undefined where nothing in the request tells it. */
  readonly service: string | undefined;
  readonly accessKeyId: string | undefined;
}

/** By the credential scope (`Credential=AKID/date/region/SERVICE/aws4_request`) of the header or a presigned query, else by its form. */
export function createIdentify(wires: Wires): (request: Request) => Addressee {
  const services = Object.entries(wires);
  const byTarget = new Map(services.flatMap(([name, { target }]) => (target ? [[target, name]] : [])));
  const byVersion = new Map(services.flatMap(([name, { query }]) => (query ? [[query.version, name]] : [])));

  function serviceByForm({ headers, path, query, body }: Request): string | undefined {
    const target = headers['x-amz-target'];
    if (typeof target === 'string') return byTarget.get(target.slice(0, target.lastIndexOf('.')));
    if (/^\/20\d\d-\d\d-\d\d\/(functions|event-source-mappings)/.test(path)) return 'lambda';
    const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body.toString() : query;
    return byVersion.get(new URLSearchParams(form).get('Version') ?? '');
  }

  return (request) => {
    const scope = headerScope(request.headers.authorization) ?? queryScope(request.query);
    if (scope === undefined) return { accessKeyId: undefined, service: serviceByForm(request) };
    const [accessKeyId, , , service] = scope.split('/', 4);
    return { accessKeyId, service: service || serviceByForm(request) };
  };
}

function headerScope(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const start = authorization.indexOf('Credential=');
  if (start < 0) return undefined;
  const end = authorization.indexOf(',', start);
  return authorization.slice(start + 'Credential='.length, end < 0 ? undefined : end);
}

function queryScope(query: string): string | undefined {
  if (!query.includes('X-Amz-Credential=')) return undefined;
  return new URLSearchParams(query).get('X-Amz-Credential') ?? undefined;
}
