import { type ArmedFault, nextCalls, wordsOfFault } from '../../../model/faults.ts';
import { disarm } from '../../stores/faults.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';

export function ArmedList({ armed }: { readonly armed: readonly ArmedFault[] }) {
  return (
    <section aria-labelledby="armed-title">
      <div class="letter-head">
        <h2 id="armed-title">Armed</h2>
        {armed.length > 1 && (
          <button type="button" class="text-button" onClick={() => void disarm({ all: true })}>
            Disarm all
          </button>
        )}
      </div>
      {armed.length === 0 ? (
        <p class="quiet fault-none">No fault is armed: every call goes as it should.</p>
      ) : (
        <>
          <ul class="fault-list">
            {armed.map(({ id, state, kind, left }) => (
              <li key={id}>
                <span class="status tone-warn">
                  <Icon name="faults" size={15} />
                  <span>Armed</span>
                </span>
                <span class="fault-words">
                  <strong>{state}</strong> {wordsOfFault(kind).does}
                  <span class="quiet">{nextCalls(left)}</span>
                </span>
                <button
                  type="button"
                  class="button"
                  aria-label={`Disarm: ${state} ${wordsOfFault(kind).does}`}
                  onClick={() => void disarm({ id })}
                >
                  Disarm
                </button>
              </li>
            ))}
          </ul>
          <p class="quiet fault-hint">
            Now <Link to="/">book something</Link>. A state that undoes is called only when a booking fails.
          </p>
        </>
      )}
    </section>
  );
}
