import { wordsOf } from '../../../model/events.ts';
import type { Failure } from '../../../model/failures.ts';
import type { RunDetails } from '../../../model/wire.ts';
import { withQuery } from '../../router.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';

interface FailuresProps {
  readonly failures: readonly Failure[];
  readonly details: RunDetails | undefined;
}

/** What went wrong, in the failure's own words, and how the run ended by it. */
export function Failures({ failures, details }: FailuresProps) {
  const { error, cause, run } = details ?? {};
  if (failures.length === 0 && error === undefined && cause === undefined) return null;
  return (
    <section class={`failures ${run?.status === 'SUCCEEDED' ? 'tone-warn' : 'tone-bad'}`} aria-label="What went wrong">
      <Icon name="trouble" size={20} />
      <div>
        {failures.map((failure) => (
          <p key={`${failure.state} ${failure.error} ${failure.cause}`}>
            <Link to={withQuery({ state: failure.state, view: '' })}>{failure.state}</Link>:{' '}
            <strong>{failure.error}</strong>
            {failure.cause !== undefined && <span class="cause">{failure.cause}</span>}
          </p>
        ))}
        {error !== undefined || cause !== undefined ? (
          <p class="ended">
            Ended with <strong>{error ?? run?.status}</strong>
            {cause !== undefined && <span>: {wordsOf(cause)}</span>}
          </p>
        ) : null}
      </div>
    </section>
  );
}
