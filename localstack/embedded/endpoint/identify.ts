import type { Request } from './http.ts';

/** Which service a request is for and with whose key; nothing of it is verified, since anyone may use the local cloud. */
export interface Addressee {
  /** Signing name; undefined where nothing in the request tells it. */
  readonly service: string | undefined;
  readonly accessKeyId: string | undefined;
}

const BY_TARGET: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  AmazonSSM: 'ssm',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  DynamoDB_20120810: 'dynamodb',
  GraniteServiceVersion20100801: 'monitoring',
  Logs_20140328: 'logs',
};

/** Query services tell themselves apart by the version of their API. */
const BY_VERSION: Readonly<Record<string, string>> = {
  '2010-03-31': 'sns',
  '2010-05-08': 'iam',
  '2010-08-01': 'monitoring',
  '2011-06-15': 'sts',
  '2012-11-05': 'sqs',
};

/** By the credential scope (`Credential=AKID/date/region/SERVICE/aws4_request`) of the header or a presigned query, else by its form. */
export function identify(request: Request): Addressee {
  const scope = headerScope(request.headers.authorization) ?? queryScope(request.query);
  if (scope) {
    const [accessKeyId, , , service] = scope.split('/', 4);
    return { accessKeyId, service: service || serviceByForm(request) };
  }
  return { accessKeyId: undefined, service: serviceByForm(request) };
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

function serviceByForm({ headers, path, query, body }: Request): string | undefined {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return BY_TARGET[target.slice(0, target.lastIndexOf('.'))];
  if (/^\/20\d\d-\d\d-\d\d\/(functions|event-source-mappings)/.test(path)) return 'lambda';
  const rpc = /^\/service\/([^/]+)\/operation\//.exec(path)?.[1];
  if (rpc) return BY_TARGET[rpc];
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body.toString() : query;
  return BY_VERSION[new URLSearchParams(form).get('Version') ?? ''];
}
