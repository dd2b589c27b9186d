import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  readonly title: string;
  /** What names the row is its head; figures stand on the right. */
  readonly kind?: 'head' | 'figure' | 'mono';
  readonly cell: (row: Row) => ComponentChildren;
}

interface DataTableProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  /** For those who do not see what stands above it. */
  readonly caption?: string;
  /** Without one it scrolls by itself where it has no room. */
  readonly class?: string;
}

/** A table with all its rows in the page; one of thousands is windowed instead. */
export function DataTable<Row>({ class: name, ...parts }: DataTableProps<Row>) {
  if (name !== undefined) return <Table {...parts} class={name} />;
  return (
    <div class="table-pane">
      <Table {...parts} class="table" />
    </div>
  );
}

function Table<Row>({ columns, rows, keyOf, caption, class: name }: DataTableProps<Row>) {
  return (
    <table class={name}>
      {caption !== undefined && <caption class="unseen">{caption}</caption>}
      <thead>
        <tr>
          {columns.map(({ title, kind }) => (
            <th key={title} scope="col" class={kind === 'figure' ? kind : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ title, kind, cell }) =>
              kind === 'head' ? (
                <th key={title} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={title} class={kind}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
