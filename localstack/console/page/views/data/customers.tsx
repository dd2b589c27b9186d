import type { CustomerData, CustomerRow } from '../../../model/data.ts';
import { itemLook } from '../../../model/data-status.ts';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { BookingTable } from './bookings.tsx';
import { customerPath, tripPath } from './paths.ts';

export function CustomersView({ data: rows }: { readonly data: readonly CustomerRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">No customer has booked yet.</p>;
  return (
    <table class="table data-table">
      <thead>
        <tr>
          <th scope="col">Customer</th>
          <th scope="col" class="figure">
            Points
          </th>
          <th scope="col" class="figure">
            Confirmed
          </th>
          <th scope="col" class="figure">
            Bookings
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ customer, points, confirmed, bookings }) => (
          <tr key={customer}>
            <th scope="row">
              <Link to={customerPath(customer)}>{customer}</Link>
            </th>
            <td class="figure">{points}</td>
            <td class="figure">{confirmed}</td>
            <td class="figure">{bookings}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
        <table class="table data-table">
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Trip</th>
              <th scope="col">Booking reference</th>
              <th scope="col" class="figure">
                Points
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ trip, reference, points: earned, status }) => (
              <tr key={`${trip} ${reference}`}>
                <td>
                  <Status look={itemLook(status)} />
                </td>
                <th scope="row">
                  <Link to={tripPath(trip)}>{trip}</Link>
                </th>
                <td class="mono">{reference}</td>
                <td class="figure">{earned}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>Bookings</h3>
      <BookingTable rows={bookings} />
    </section>
  );
}
