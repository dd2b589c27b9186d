import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '#test/support/e2e/target.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** As the logs have it. */
  readonly requestId?: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: each route answers members of its own.
  readonly body: any;
}

/** Tries of a request that is answered with "later". */
const tries = 20;
const laterMs = 250;

const tokens = new Map<string, Promise<string>>();

async function tokenOf(awsUrl: string, customer: string): Promise<string> {
  const answer = await fetch(`${awsUrl}/_local/token?${new URLSearchParams({ sub: customer })}`);
  return ((await answer.json()) as { token: string }).token;
}

/** A customer's browser: knows the API's URL and a token. */
export class Client {
  readonly #apiUrl: string;
  readonly #token: string | undefined;

  constructor(apiUrl: string, token?: string) {
    this.#apiUrl = apiUrl;
    this.#token = token;
  }

  /** The customer's name is the token's subject. Tokens outlive the local cloud, whose key is in a file. */
  static async of({ apiUrl, awsUrl }: Pick<Target, 'apiUrl' | 'awsUrl'>, customer: string): Promise<Client> {
    const known = tokens.get(customer);
    if (known !== undefined) return new Client(apiUrl, await known);
    const token = tokenOf(awsUrl, customer);
    tokens.set(customer, token);
    token.catch(() => tokens.delete(customer));
    return new Client(apiUrl, await token);
  }

  get(path: string): Promise<Reply> {
    return this.#send('GET', path);
  }

  delete(path: string): Promise<Reply> {
    return this.#send('DELETE', path);
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.#send('POST', path, {
      body: JSON.stringify(body),
      headers: { ...headers, 'content-type': 'application/json' },
    });
  }

  async #send(method: string, path: string, { body = null as string | null, headers = {} } = {}): Promise<Reply> {
    const authorization = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    for (let left = tries; ; left -= 1) {
      const answer = await fetch(this.#apiUrl + path, { method, body, headers: { ...authorization, ...headers } });
      const text = await answer.text();
      if (left > 1 && [429, 503].includes(answer.status)) await sleep(laterMs);
      else return { status: answer.status, text, requestId: requestIdOf(answer), body: parsed(text) };
    }
  }
}

/** The gateway's own refusals have its header alone. */
const requestIdOf = ({ headers }: Response): string | undefined =>
  headers.get('x-request-id') ?? headers.get('apigw-requestid') ?? undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
