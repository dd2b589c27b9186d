import type { Seen } from '../../../model/data.ts';
import { WithCode } from '../../ui/with-code.tsx';

/** By which access patterns of the service this was read. */
export function Patterns({ seen: { patterns, note } }: { readonly seen: Seen<unknown> }) {
  return (
    <footer class="patterns">
      {note !== undefined && <p>{note}</p>}
      <h2>Read by</h2>
      <ul>
        {patterns.map(({ id, what, how }) => (
          <li key={id}>
            <strong>{id}</strong> <WithCode text={what} /> <code>{how}</code>
          </li>
        ))}
      </ul>
    </footer>
  );
}
