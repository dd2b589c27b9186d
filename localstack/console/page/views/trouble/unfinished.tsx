import { itemLook } from '../../../model/data-status.ts';
import type { UnfinishedRow } from '../../../model/trouble.ts';
import { duration } from '../../../model/words.ts';
import { runPath } from '../../router.ts';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { tripPath } from '../data/paths.ts';

export function UnfinishedView({ rows }: { readonly rows: readonly UnfinishedRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">Every booking is at its end.</p>;
  const now = Date.now();
  return (
    <table class="table data-table">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Trip</th>
          <th scope="col">Run</th>
          <th scope="col" class="figure">
            Unchanged for
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ trip, status, executionId, updatedAt }) => (
          <tr key={trip}>
            <td>
              <Status look={itemLook(status)} />
            </td>
            <th scope="row">
              <Link to={tripPath(trip)}>{trip}</Link>
            </th>
            <td class="mono">
              <Link to={runPath(executionId)}>{executionId}</Link>
            </td>
            <td class="figure">{duration(now - Date.parse(updatedAt))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
