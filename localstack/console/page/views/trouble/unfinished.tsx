import { itemLook } from '../../../model/data-status.ts';
import type { UnfinishedRow } from '../../../model/trouble.ts';
import { duration } from '../../../model/words.ts';
import { runPath } from '../../router.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { tripPath } from '../data/paths.ts';

export function UnfinishedView({ rows }: { readonly rows: readonly UnfinishedRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">Every booking is at its end.</p>;
  const now = Date.now();
  return (
    <DataTable
      rows={rows}
      keyOf={({ trip }) => trip}
      columns={[
        { title: 'Status', cell: ({ status }) => <Status look={itemLook(status)} /> },
        { title: 'Trip', kind: 'head', cell: ({ trip }) => <Link to={tripPath(trip)}>{trip}</Link> },
        { title: 'Run', kind: 'mono', cell: ({ executionId }) => <Link to={runPath(executionId)}>{executionId}</Link> },
        { title: 'Unchanged for', kind: 'figure', cell: ({ updatedAt }) => duration(now - Date.parse(updatedAt)) },
      ]}
    />
  );
}
