import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { choicesOf } from '../../../model/book.ts';
import { runLook } from '../../../model/status.ts';
import { wordsOf } from '../../api.ts';
import { runPath } from '../../router.ts';
import { bodyOf, bookAndWatch, needDrawing, needFlights } from '../../stores/book.ts';
import { needRuns, runs } from '../../stores/runs.ts';
import { start } from '../../stores/start.ts';
import { beginTour } from '../../stores/tour.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Status } from '../../ui/status.tsx';
import { Burst } from './burst.tsx';
import { BookOptions } from './options.tsx';

export function BookView() {
  useEffect(needRuns, []);
  useEffect(needFlights, []);
  useEffect(needDrawing, []);
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal('');
  const { runTypes = [], path = [], books = true } = start.value ?? {};
  const choices = choicesOf(runTypes, path);

  async function book(runType: string): Promise<void> {
    if (busy.value !== '') return;
    busy.value = runType;
    problem.value = undefined;
    try {
      await bookAndWatch(bodyOf(runType));
    } catch (error) {
      problem.value = wordsOf(error);
    }
    busy.value = '';
  }

  const { success, failing } = choices;
  return (
    <div class="book">
      <header class="page-head book-head">
        <div>
          <h1>Book a holiday</h1>
          <p class="lead">Choose the step that fails, and watch all before it being undone, newest first.</p>
        </div>
        {books && (
          <button type="button" class="button" onClick={beginTour}>
            <Icon name="play" size={15} />
            Five-minute tour
          </button>
        )}
      </header>
      {problem.value !== undefined && <Problem text={problem.value} />}
      {!books && (
        <p class="quiet">This console only reads, or its target has no demo route: nothing can be booked here.</p>
      )}
      <div class="book-columns">
        <section aria-label="What shall happen">
          {success !== undefined && (
            <button
              type="button"
              class="choice choice-success"
              disabled={!books}
              aria-busy={busy.value === success.name}
              onClick={() => book(success.name)}
            >
              <Icon name="check" size={22} />
              <span class="choice-words">
                <strong>Everything works</strong>
                <span>Reserve, pay, confirm, notify</span>
              </span>
              <code>{success.name}</code>
            </button>
          )}
          <h2>One step fails</h2>
          <ol class="choices">
            {failing.map(({ name, fails }) => (
              <li key={name}>
                <button
                  type="button"
                  class="choice"
                  disabled={!books}
                  aria-busy={busy.value === name}
                  onClick={() => book(name)}
                >
                  <Icon name="cross" />
                  <strong class="choice-words">{fails}</strong>
                  <code>{name}</code>
                </button>
              </li>
            ))}
          </ol>
        </section>
        <div class="book-side">
          <BookOptions />
          {books && <Burst choices={choices} />}
          <section aria-label="Newest runs">
            <h2>Newest runs</h2>
            <Recent />
          </section>
        </div>
      </div>
    </div>
  );
}

function Recent() {
  const newest = runs.value?.slice(0, 6) ?? [];
  if (newest.length === 0) return <p class="quiet">None yet. The first one appears here at once.</p>;
  return (
    <ul class="recent-list">
      {newest.map(({ name, status, trip, kind, runType, error }) => (
        <li key={name}>
          <Link to={runPath(name)}>
            <span class="recent-name">{trip ?? name}</span>
            <span class="quiet">
              {runType ?? error ?? ''}
              {kind !== 'book' && <span class="tag">{kind}</span>}
            </span>
            <Status look={runLook(status)} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
