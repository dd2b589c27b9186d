import type { CustomerData, CustomerRow } from '../../../model/data.ts';
import { itemLook } from '../../../model/data-status.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { BookingTable } from './bookings.tsx';
import { customerPath, tripPath } from './paths.ts';

export function CustomersView({ data: rows }: { readonly data: readonly CustomerRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">No customer has booked yet.</p>;
  return (
    <DataTable
      rows={rows}
      keyOf={({ customer }) => customer}
      columns={[
        {
          title: 'Customer',
          kind: 'head',
          cell: ({ customer }) => <Link to={customerPath(customer)}>{customer}</Link>,
        },
        { title: 'Points', kind: 'figure', cell: ({ points }) => points },
        { title: 'Confirmed', kind: 'figure', cell: ({ confirmed }) => confirmed },
        { title: 'Bookings', kind: 'figure', cell: ({ bookings }) => bookings },
      ]}
    />
  );
}

export function CustomerView({ data: { customer, points, entries, bookings } }: { readonly data: CustomerData }) {
  return (
    <section class="customer">
      <h2 class="trip-title">{customer}</h2>
      <dl class="facts">
        <div>
          <dt>Points</dt>
          <dd>{points}</dd>
        </div>
        <div>
          <dt>Confirmed bookings</dt>
          <dd>{bookings.filter(({ status }) => status === 'CONFIRMED').length}</dd>
        </div>
      </dl>
      <h3>Where the points come from</h3>
      {entries.length === 0 && <p class="quiet">No booking has earned points yet.</p>}
      {entries.length > 0 && (
        <DataTable
          rows={entries}
          keyOf={({ trip, reference }) => `${trip} ${reference}`}
          columns={[
            { title: 'Status', cell: ({ status }) => <Status look={itemLook(status)} /> },
            { title: 'Trip', kind: 'head', cell: ({ trip }) => <Link to={tripPath(trip)}>{trip}</Link> },
            { title: 'Booking reference', kind: 'mono', cell: ({ reference }) => reference },
            { title: 'Points', kind: 'figure', cell: ({ points: earned }) => earned },
          ]}
        />
      )}
      <h3>Bookings</h3>
      <BookingTable rows={bookings} />
    </section>
  );
}
