import type { ChargeRow } from '../../../model/data.ts';
import { itemLook } from '../../../model/data-status.ts';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { customerPath, tripPath } from './paths.ts';

export function ChargesView({ data: rows }: { readonly data: readonly ChargeRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">No booking has a charge yet.</p>;
  return (
    <table class="table data-table">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Trip</th>
          <th scope="col">Customer</th>
          <th scope="col" class="figure">
            Authorized
          </th>
          <th scope="col" class="figure">
            Captured
          </th>
          <th scope="col" class="figure">
            Refunded
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ token, trip, customer, status, authorized, captured, refunded }) => (
          <tr key={`${trip} ${token}`}>
            <td>
              <Status look={itemLook(status)} />
            </td>
            <th scope="row">
              <Link to={tripPath(trip)}>{trip}</Link>
            </th>
            <td>
              <Link to={customerPath(customer)}>{customer}</Link>
            </td>
            <td class="figure">{authorized}</td>
            <td class="figure">{captured}</td>
            <td class="figure">{refunded}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
