import { wordsOf } from '../../../model/events.ts';
import type { Failure } from '../../../model/failures.ts';
import type { RunDetails } from '../../../model/wire.ts';
import { plural } from '../../../model/words.ts';
import { withQuery } from '../../router.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';

interface FailuresProps {
  readonly failures: readonly Failure[];
  readonly details: RunDetails | undefined;
}

/** All layers of an undo may fail; the first is why it was undone at all. */
const shownAtOnce = 3;

/** What went wrong, in the failure's own words, and how the run ended by it. */
export function Failures({ failures, details }: FailuresProps) {
  const { error, cause, run } = details ?? {};
  if (failures.length === 0 && error === undefined && cause === undefined) return null;
  return (
    <section class={`failures ${run?.status === 'SUCCEEDED' ? 'tone-warn' : 'tone-bad'}`} aria-label="What went wrong">
      <Icon name="trouble" size={20} />
      <div>
        {failures.slice(0, shownAtOnce).map((failure) => (
          <Words key={`${failure.state} ${failure.cause}`} failure={failure} />
        ))}
        {failures.length > shownAtOnce && (
          <details>
            <summary>{plural(failures.length - shownAtOnce, 'more failure')}</summary>
            {failures.slice(shownAtOnce).map((failure) => (
              <Words key={`${failure.state} ${failure.cause}`} failure={failure} />
            ))}
          </details>
        )}
        {error !== undefined || cause !== undefined ? (
          <p class="ended">
            Ended with <strong>{error ?? run?.status}</strong>
            {cause !== undefined && <span>: {wordsOf(cause)}</span>}
            {error === 'CompensationFailed' && (
              <>
                . <Link to="/trouble">Its dead letter</Link>
              </>
            )}
          </p>
        ) : null}
      </div>
    </section>
  );
}

const Words = ({ failure: { state, error, cause } }: { readonly failure: Failure }) => (
  <p>
    <Link to={withQuery({ state, view: '' })}>{state}</Link>: <strong>{error}</strong>
    {cause !== undefined && <span class="cause"> {cause}</span>}
  </p>
);
