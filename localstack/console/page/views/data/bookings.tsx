import type { BookingRow } from '../../../model/data.ts';
import { itemLook } from '../../../model/data-status.ts';
import { moment } from '../../../model/words.ts';
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
    <table class="table data-table">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Trip</th>
          <th scope="col">Customer</th>
          <th scope="col">Flight</th>
          <th scope="col" class="figure">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ trip, status, customer, flight, updatedAt }) => (
          <tr key={trip}>
            <td>
              <Status look={itemLook(status)} />
            </td>
            <th scope="row">
              <Link to={tripPath(trip)}>{trip}</Link>
            </th>
            <td>
              <Link to={customerPath(customer)}>{customer}</Link>
            </td>
            <td>
              <Link to={flightPath(flight)}>{flight}</Link>
            </td>
            <td class="figure quiet">{moment(Date.parse(updatedAt), now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
