/** `/` of the AWS endpoint: what runs here, for a browser and for curl. */

import { createHash } from 'node:crypto';
import type { Request } from './endpoint/http.ts';
import { type LocalRoutes, ownPages } from './endpoint/local-routes.ts';
import type { Reply } from './http.ts';
import { authorizerOf } from './issuer/stack-issuer.ts';
import { settingsOf } from './lambda/function-settings.ts';
import { printable } from './listen.ts';
import type { Stack } from './types.ts';

interface Item {
  readonly text: string;
  readonly href?: string | undefined;
}

interface Section {
  readonly title: string;
  readonly items: readonly Item[];
}

export interface HomeParts {
  /** Empty for a stack without an HTTP API. */
  apiUrl(): string;
  awsUrl(): string;
  /** Address of the project's own page; undefined where there is none. */
  page(): string | undefined;
  /** Pages below `/_local/`. */
  readonly pages: LocalRoutes;
}

/** @returns undefined for a request that is meant for an AWS service, S3's list of buckets for instance */
export function createHomePage(stack: Stack, parts: HomeParts): (request: Request) => Reply | undefined {
  return ({ method, path, query, headers }) => {
    const isAws = headers.authorization !== undefined || headers['x-amz-target'] !== undefined;
    if (method !== 'GET' || path !== '/' || query !== '' || isAws) return undefined;
    const sections = sectionsOf(stack, parts);
    return headers.accept?.includes('text/html') ? html(sections) : text(sections);
  };
}

function sectionsOf(stack: Stack, { apiUrl, awsUrl, page, pages }: HomeParts): Section[] {
  const named = (title: string, type: string, attribute = 'name'): Section => ({
    title,
    items: stack.resources(type).map(({ attributes }) => ({ text: String(attributes[attribute]) })),
  });
  const functions = settingsOf(stack.resources('aws_lambda_function'), stack.folder);
  const logsOf = new Map(
    functions.map(({ name, logGroup }) => [name, `/_local/logs?group=${encodeURIComponent(logGroup)}`]),
  );
  return [
    {
      title: 'Addresses',
      items: [
        // No links: what a browser asked of the API's root may be a call that changes something.
        ...(apiUrl() === '' ? [] : [{ text: `HTTP API  ${printable(apiUrl())}` }]),
        { text: `AWS endpoint  ${printable(awsUrl())}` },
      ],
    },
    { title: 'Pages', items: pagesOf(stack, page(), pages) },
    {
      title: 'Routes',
      items: stack
        .resources('aws_apigatewayv2_route')
        .map(({ attributes }) => routeOf(String(attributes.route_key), printable(apiUrl()))),
    },
    { title: 'Functions (their logs)', items: [...logsOf].map(([name, href]) => ({ text: name, href })) },
    named('State machines', 'aws_sfn_state_machine'),
    named('Tables', 'aws_dynamodb_table'),
    named('Queues', 'aws_sqs_queue'),
    named('Topics', 'aws_sns_topic'),
    named('Rules', 'aws_cloudwatch_event_rule'),
    named('Parameters', 'aws_ssm_parameter'),
  ].filter(({ items }) => items.length > 0);
}

/** Files that belong to a page are none. A token needs a subject, so its link names one. */
function pagesOf(stack: Stack, page: string | undefined, pages: LocalRoutes): Item[] {
  const local = [...new Set([...ownPages, ...Object.keys(pages)])]
    .filter((name) => !/[/.]/.test(name) && (name !== 'token' || authorizerOf(stack) !== undefined))
    .map((name) => `/_local/${name}${name === 'token' ? '?sub=alice' : ''}`);
  return [...(page === undefined ? [] : [printable(page)]), ...local].map((address) => ({
    text: address,
    href: address,
  }));
}

/** What a browser can ask for is a link. */
function routeOf(routeKey: string, apiUrl: string): Item {
  const [, path] = /^GET (\/[^{]*)$/.exec(routeKey) ?? [];
  return { text: routeKey, href: path === undefined ? undefined : apiUrl + path };
}

function text(sections: readonly Section[]): Reply {
  const parts = sections.map(({ title, items }) => [title, ...items.map((item) => `  ${item.text}`)].join('\n'));
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${parts.join('\n\n')}\n` };
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
h2{font-size:1rem;margin:1.5rem 0 .25rem}ul{margin:0;padding-left:1.25rem;columns:18rem;column-gap:3rem}li{break-inside:avoid;overflow-wrap:anywhere}`;
const styleHash = createHash('sha256').update(style).digest('base64');

function html(sections: readonly Section[]): Reply {
  const body = sections
    .map(({ title, items }) => `<h2>${escaped(title)}</h2>\n<ul>\n${items.map(itemOf).join('\n')}\n</ul>`)
    .join('\n');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Local cloud</title><meta name="viewport" content="width=device-width"><style>${style}</style></head>
<body>
<h1>Local cloud</h1>
${body}
</body>
</html>
`,
  };
}

const itemOf = ({ text: words, href }: Item): string =>
  href === undefined ? `<li>${breakable(words)}</li>` : `<li><a href="${escaped(href)}">${breakable(words)}</a></li>`;

/** `/parcels/newTopic` may break before each of its words; otherwise it would break inside of one. */
const breakable = (words: string): string =>
  words
    .split(/(?<=\/)(?=[^/])|(?<=[a-z])(?=[A-Z])/)
    .map(escaped)
    .join('<wbr>');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (words: string): string => words.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
