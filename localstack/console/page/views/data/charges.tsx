import type { ChargeRow } from '../../../model/data.ts';
import { itemLook } from '../../../model/data-status.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { customerPath, tripPath } from './paths.ts';

export function ChargesView({ data: rows }: { readonly data: readonly ChargeRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">No booking has a charge yet.</p>;
  return (
    <DataTable
      rows={rows}
      keyOf={({ trip, token }) => `${trip} ${token}`}
      columns={[
        { title: 'Status', cell: ({ status }) => <Status look={itemLook(status)} /> },
        { title: 'Trip', kind: 'head', cell: ({ trip }) => <Link to={tripPath(trip)}>{trip}</Link> },
        { title: 'Customer', cell: ({ customer }) => <Link to={customerPath(customer)}>{customer}</Link> },
        { title: 'Authorized', kind: 'figure', cell: ({ authorized }) => authorized },
        { title: 'Captured', kind: 'figure', cell: ({ captured }) => captured },
        { title: 'Refunded', kind: 'figure', cell: ({ refunded }) => refunded },
      ]}
    />
  );
}
