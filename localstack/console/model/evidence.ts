/** What a state left behind in its log and in the table. */

export interface LogEntry {
  readonly at: number;
  /** `ERROR` and the like; `platform` for Lambda's own lines; undefined for lines of no known form. */
  readonly level: string | undefined;
  readonly text: string;
  readonly requestId: string | undefined;
  readonly error:
    | { readonly name: string; readonly message: string; readonly place: string | undefined; readonly stack: string }
    | undefined;
  /** The rest of a structured line, as JSON text. */
  readonly rest: string | undefined;
}

export interface RecordChange {
  readonly at: number;
  readonly table: string;
  readonly key: string;
  /** What the record is, `Hotel` say, where it tells. */
  readonly kind: string | undefined;
  readonly action: 'created' | 'changed' | 'deleted';
  readonly fields: readonly FieldChange[];
}

export interface FieldChange {
  readonly name: string;
  /** As JSON text; undefined where there was none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface Evidence {
  readonly logs: readonly LogEntry[];
  readonly records: readonly RecordChange[];
  /** Why there may be less than there was. */
  readonly note: string | undefined;
}
