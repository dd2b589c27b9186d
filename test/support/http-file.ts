/** Reads and runs `.http` files as VS Code's REST Client does: variables, named requests, bodies; `# → 200` says what is expected. */

import { setTimeout as sleep } from 'node:timers/promises';

export interface FileRequest {
  /** The words after `###`. */
  readonly title: string;
  /** By which later requests read its response: `{{name.response.body.$.id}}`. */
  readonly name: string | undefined;
  readonly expectedStatus: number;
  /** Said by `# → 202, once …`: before that it is refused with 409, or GraphQL errors. */
  readonly eventually: boolean;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpFile {
  readonly variables: Readonly<Record<string, string>>;
  readonly requests: readonly FileRequest[];
}

export interface RunResult {
  readonly request: FileRequest;
  readonly status: number;
  readonly text: string;
}

/** @throws Error that names the request without a status or a request line */
export function parseHttpFile(text: string): HttpFile {
  const variables: Record<string, string> = {};
  const requests: FileRequest[] = [];
  for (const block of text.split(/^###/m)) {
    const [title = '', ...lines] = block.split('\n');
    const comments = lines.filter((line) => line.startsWith('#'));
    const rest = lines.filter((line) => !line.startsWith('#')).join('\n');
    const withoutVariables = rest.replaceAll(/^@(\w+) *= *(.*)$/gm, (_, name: string, value: string) => {
      variables[name] = value.trim();
      return '';
    });
    if (withoutVariables.trim() !== '') requests.push(requestOf(title.trim(), comments, withoutVariables.trim()));
  }
  return { variables, requests };
}

function requestOf(title: string, comments: readonly string[], text: string): FileRequest {
  const [head = '', ...body] = text.split(/\n[ \t]*\n/);
  const [requestLine = '', ...headers] = head.split('\n');
  const [, method, url] = /^([A-Z]+) (\S+)$/.exec(requestLine) ?? [];
  const [, status, once] = comments.map((line) => /^# → (\d{3})(, once)?/.exec(line)).find(Boolean) ?? [];
  if (method === undefined || url === undefined || status === undefined) {
    throw new Error(`Request "${title}": a request line and a comment "# → 200" were expected, not "${requestLine}"`);
  }
  return {
    title,
    name: comments.map((line) => /^# @name (\w+)/.exec(line)?.[1]).find(Boolean),
    expectedStatus: Number(status),
    eventually: once !== undefined,
    method,
    url,
    headers: Object.fromEntries(headers.map((line) => line.split(/: */, 2) as [string, string])),
    body: body.length === 0 ? undefined : body.join('\n\n'),
  };
}

/** Sends the requests one after the other; `overrides` take the place of the file's own variables, ports for instance. */
export async function* runHttpFile(
  { variables, requests }: HttpFile,
  overrides: Readonly<Record<string, string>>,
): AsyncGenerator<RunResult> {
  const values = { ...variables, ...overrides };
  const responses = new Map<string, unknown>();
  const fill = (template: string): string =>
    template.replaceAll(/\{\{([^}]+)\}\}/g, (_, expression: string) => fill(resolve(expression.trim())));

  function resolve(expression: string): string {
    if (expression === '$timestamp') return String(Math.floor(Date.now() / 1000));
    const [, name = '', path = ''] = /^(\w+)\.response\.body\.\$\.([\w.]+)$/.exec(expression) ?? [];
    const value = name ? valueAt(responses.get(name), path.split('.')) : values[expression];
    if (value === undefined) throw new Error(`{{${expression}}} has no value: is its request sent before?`);
    return String(value);
  }

  for (const request of requests) {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, fill(value)]));
    const ask = async () => {
      const response = await fetch(fill(request.url), {
        method: request.method,
        headers,
        ...(request.body === undefined ? {} : { body: fill(request.body) }),
      });
      return { status: response.status, text: await response.text() };
    };
    let answer = await ask();
    // The time limit of the test ends a wait for what never comes.
    while (request.eventually && (answer.status === 409 || answer.text.includes('"errors"'))) {
      await sleep(100);
      answer = await ask();
    }
    const { status, text } = answer;
    if (request.name !== undefined) responses.set(request.name, JSON.parse(text));
    yield { request, status, text };
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
