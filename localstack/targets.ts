import { DeployError } from './deploy/deploy-error.ts';

/** Emulators whose differences are known; `other` is anything that speaks AWS's APIs on one endpoint. */
export type TargetKind = 'localstack' | 'ministack' | 'other';

/** A target as asked for, before anybody looked whether it is there. */
export interface TargetAddress {
  /** Name of its folder below `cdktf.out/targets`. */
  readonly name: string;
  readonly endpoint: string;
  /** What the endpoint has to be; `other` where only an address was given. */
  readonly expected: TargetKind;
}

/** A target that answered. */
export interface DeployTarget extends TargetAddress {
  readonly kind: TargetKind;
  /** `LocalStack 4.14.0`, for people. */
  readonly title: string;
  /** Whether it has API Gateway's HTTP APIs, which the open edition of LocalStack has not. */
  readonly httpApi: boolean;
}

const defaultEndpoint = 'http://127.0.0.1:4566';
const answerWithinMs = 10_000;
/** API Gateway's list of HTTP APIs; an emulator routes by the service name in the credential and ignores the signature. */
const apiGatewayProbe = {
  path: '/v2/apis',
  headers: {
    authorization:
      'AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0',
    'x-amz-date': '20200101T000000Z',
  },
} as const;

/** `localstack`, `ministack` or an endpoint. Throws DeployError for any other word. */
export function addressOf(word: string | undefined, environment: NodeJS.ProcessEnv = process.env): TargetAddress {
  const advice = 'name a target: --target localstack, --target ministack, or --target http://127.0.0.1:4566';
  if (word === undefined) throw new DeployError('No target was named.', advice);
  if (word === 'localstack' || word === 'ministack') {
    return { name: word, endpoint: defaultAddress(environment), expected: word };
  }
  if (word === 'embedded') {
    throw new DeployError(
      'The embedded local cloud is not deployed to: it serves the stack by itself.',
      'run npm start',
    );
  }
  if (!/^https?:/.test(word)) throw new DeployError(`"${word}" is no target.`, advice);
  const endpoint = endpointOf(word, '--target');
  return { name: endpoint.replace(/^https?:\/\//, '').replaceAll(/[^A-Za-z0-9.-]/g, '-'), endpoint, expected: 'other' };
}

/** Where an emulator is that is known by its name alone: at `AWS_ENDPOINT_URL`, else on port `AWS_PORT`, else on 4566. */
export function defaultAddress({ AWS_ENDPOINT_URL, AWS_PORT }: NodeJS.ProcessEnv): string {
  const endpoint = AWS_ENDPOINT_URL || (AWS_PORT ? `http://127.0.0.1:${AWS_PORT}` : defaultEndpoint);
  return endpointOf(endpoint, 'AWS_ENDPOINT_URL');
}

function endpointOf(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new DeployError(`${source} is no endpoint: "${text}".`, 'give it as http://host:port, without a path');
  }
  if (/\.amazonaws\.com(\.cn)?$/.test(url.hostname)) {
    throw new DeployError(`${text} is AWS itself.`, 'deploy to AWS with cdktf or terraform, see docs/deploy.md');
  }
  return url.origin;
}

/** Looks what answers at the endpoint. Throws DeployError for a dead endpoint, and for another emulator than expected. */
export async function inspectTarget(address: TargetAddress, request: typeof fetch = fetch): Promise<DeployTarget> {
  const { endpoint, expected } = address;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    request(`${endpoint}${path}`, { headers, signal: AbortSignal.timeout(answerWithinMs) });
  const json = async (path: string): Promise<Record<string, unknown> | undefined> => {
    const response = await get(path);
    if (!response.ok) return undefined;
    return (await response.json().catch(() => undefined)) as Record<string, unknown> | undefined;
  };

  try {
    const local = await json('/_local/metrics');
    if (local !== undefined && Array.isArray(local.metrics)) {
      throw new DeployError(
        `${endpoint} is the embedded local cloud, which serves the stack by itself.`,
        'nothing is to be deployed; for another target stop npm start, or choose another port',
      );
    }
    // MiniStack answers to LocalStack's health page as well, so it is asked first.
    const found =
      named('ministack', 'MiniStack', await json('/_ministack/health')) ??
      named('localstack', 'LocalStack', await json('/_localstack/health'));
    const kind = found?.kind ?? 'other';
    if (expected !== 'other' && kind !== expected) {
      throw new DeployError(
        `${endpoint} is not ${expected}, but ${found?.title ?? 'something unknown'}.`,
        `start ${expected} (npm run target:start -- ${expected}), or name its endpoint in AWS_ENDPOINT_URL`,
      );
    }
    const { path, headers } = apiGatewayProbe;
    const httpApi = (await get(path, headers)).status !== 501;
    return { ...address, kind, title: found?.title ?? endpoint, httpApi };
  } catch (error) {
    if (error instanceof DeployError) throw error;
    throw new DeployError(`Nothing answers at ${endpoint} (${reasonOf(error)}).`, startAdvice(expected));
  }
}

function named(kind: TargetKind, name: string, health: Record<string, unknown> | undefined) {
  if (health === undefined || typeof health.services !== 'object') return undefined;
  return { kind, title: typeof health.version === 'string' ? `${name} ${health.version}` : name };
}

function startAdvice(expected: TargetKind): string {
  const start =
    expected === 'other' ? 'start what should be there' : `start it with npm run target:start -- ${expected}`;
  return `${start}${expected === 'localstack' ? ' or docker compose -f localstack/docker-compose.yml up localstack' : ''}; if it runs on another port, name it in AWS_ENDPOINT_URL`;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? (error instanceof Error ? error.message : String(error));
}

/**
 * Where the deployed API is called. An `…execute-api.localhost` host resolves in browsers and curl, but not in every
 * system's resolver; both emulators also serve the API below a path.
 */
export function callableApiUrl(
  apiEndpoint: string,
  { kind, endpoint }: Pick<DeployTarget, 'kind' | 'endpoint'>,
): string {
  const apiId = /^https?:\/\/([a-z0-9]+)\.execute-api\.localhost/.exec(apiEndpoint)?.[1];
  if (apiId === undefined || kind === 'other') return apiEndpoint;
  return `${endpoint}/_aws/execute-api/${apiId}/$default`;
}
