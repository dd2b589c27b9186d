import { messageOfCause } from '#schema/failure-cause.ts';
import type { Failure } from '../../../model/failures.ts';
import type { RunDetails, RunRow } from '../../../model/wire.ts';
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

/** What went wrong, in the failure's own words, and how the run ended by it. Of a run that undid its booking: that it is done. */
export function Failures({ failures, details }: FailuresProps) {
  const { error, cause, run } = details ?? {};
  if (run !== undefined && hasUndone(run)) return <Undone run={run} failures={failures} />;
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
            {cause !== undefined && <span>: {messageOfCause(cause)}</span>}
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

const hasUndone = ({ kind, status }: RunRow): boolean => kind !== 'book' && status === 'SUCCEEDED';

function Undone({ run, failures }: Pick<FailuresProps, 'failures'> & { readonly run: RunRow }) {
  return (
    <section class="failures tone-good" aria-label="What came of it">
      <Icon name="check" size={20} />
      <div>
        <p>
          <strong>The booking is undone.</strong>{' '}
          {run.kind === 'cancel' ? 'Its customer cancelled it.' : 'This redrive did what was left to do.'}
        </p>
        {failures.length > 0 && (
          <details>
            <summary>{plural(failures.length, 'failure')} on the way, from which the run went on</summary>
            {failures.map((failure) => (
              <Words key={`${failure.state} ${failure.cause}`} failure={failure} />
            ))}
          </details>
        )}
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
