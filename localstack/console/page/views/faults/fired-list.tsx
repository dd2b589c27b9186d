import { type FiredFault, wordsOfFault } from '../../../model/faults.ts';
import { moment } from '../../../model/words.ts';
import { runPath } from '../../router.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';

export function FiredList({ fired }: { readonly fired: readonly FiredFault[] }) {
  const now = Date.now();
  return (
    <section aria-labelledby="fired-title">
      <h2 id="fired-title">Fired</h2>
      {fired.length === 0 ? (
        <p class="quiet fault-none">None yet.</p>
      ) : (
        <ul class="fault-list">
          {fired.map(({ id, at, state, kind, run }) => (
            <li key={id}>
              <span class="status tone-bad">
                <Icon name="cross" size={15} />
                <span>Fired</span>
              </span>
              <span class="fault-words">
                <strong>{state}</strong> {wordsOfFault(kind).did}
                <span class="quiet">
                  {moment(at, now)} in <Link to={`${runPath(run)}?state=${encodeURIComponent(state)}`}>{run}</Link>
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
