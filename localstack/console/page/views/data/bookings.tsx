import type { BookingRow } from '../../../model/data.ts';
import { itemLook } from '../../../model/data-status.ts';
import { moment } from '../../../model/words.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { customerPath, flightPath, tripPath } from './paths.ts';

export function BookingsView({ data: rows }: { readonly data: readonly BookingRow[] }) {
  if (rows.length === 0) {
    return (
      <p class="empty quiet">
        No booking yet. <Link to="/">Book a holiday</Link>
      </p>
    );
  }
  return <BookingTable rows={rows} />;
}

export function BookingTable({ rows }: { readonly rows: readonly BookingRow[] }) {
  const now = Date.now();
  return (
    <DataTable
      rows={rows}
      keyOf={({ trip }) => trip}
      columns={[
        { title: 'Status', cell: ({ status }) => <Status look={itemLook(status)} /> },
        { title: 'Trip', kind: 'head', cell: ({ trip }) => <Link to={tripPath(trip)}>{trip}</Link> },
        { title: 'Customer', cell: ({ customer }) => <Link to={customerPath(customer)}>{customer}</Link> },
        { title: 'Flight', cell: ({ flight }) => <Link to={flightPath(flight)}>{flight}</Link> },
        {
          title: 'Changed',
          kind: 'figure',
          cell: ({ updatedAt }) => <span class="quiet">{moment(Date.parse(updatedAt), now)}</span>,
        },
      ]}
    />
  );
}
