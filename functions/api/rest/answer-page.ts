import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Page, PageRequest } from '#functions/shared/http/page.ts';
import { cursorOf, pageTokenOf } from '#functions/shared/http/page-token.ts';
import { defaultPageSize } from '#schema/http/bookings.ts';
import { jsonResponse } from './http-handler.ts';

export interface ListRequest<Item> {
  /** As the query string has them. */
  readonly page: { readonly limit?: string | undefined; readonly nextToken?: string | undefined };
  /** What a token is bound to: the operation, the caller, and all that is asked for. */
  readonly query: readonly unknown[];
  read(page: PageRequest): Promise<Page<Item>>;
  /** What the client sees of a page, which may be shorter. */
  view(items: readonly Item[]): readonly unknown[];
}

/** Answers with a page of a list and, where there is more, the token of the next. */
export async function answerPage<Item>({
  page: { limit, nextToken },
  query,
  read,
  view,
}: ListRequest<Item>): Promise<APIGatewayProxyStructuredResultV2> {
  const { items, cursor } = await read({
    limit: limit === undefined ? defaultPageSize : Number(limit),
    ...(nextToken === undefined ? {} : { cursor: cursorOf(query, nextToken) }),
  });
  return jsonResponse(200, {
    items: view(items),
    ...(cursor === undefined ? {} : { nextToken: pageTokenOf(query, cursor) }),
  });
}
