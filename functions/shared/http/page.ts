/** Where a page ended: DynamoDB's key of the last item read. Clients get it sealed (`page-token.ts`). */
export type Cursor = Readonly<Record<string, unknown>>;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent at the end of the list. */
  readonly cursor?: Cursor;
}

export interface PageRequest {
  /** Items read, before any filter. */
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
}
