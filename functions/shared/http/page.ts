/** Where a page ended: DynamoDB's key of the last item read. Clients get it as a token (`page-token.ts`). */
export type Cursor = Readonly<Record<string, string>>;

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
