import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { choicesOf } from '../../../model/book.ts';
import { runLook } from '../../../model/status.ts';
import type { RunTypeChoice } from '../../../model/wire.ts';
import { post, wordsOf } from '../../api.ts';
import { navigate, runPath } from '../../router.ts';
import { needRuns, runs } from '../../stores/runs.ts';
import { start } from '../../stores/start.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Status } from '../../ui/status.tsx';

export function BookView() {
  useEffect(needRuns, []);
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const { success, failing } = choicesOf(start.value?.runTypes ?? []);

  async function book({ name: runType }: RunTypeChoice): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    try {
      const { name } = await post<{ name: string }>('/book', { runType });
      navigate(runPath(name));
    } catch (error) {
      problem.value = wordsOf(error);
    }
    busy.value = false;
  }

  return (
    <div class="book">
      <header class="page-head">
        <h1>Book a holiday</h1>
        <p class="lead">Choose the step that fails, and watch how all before it is undone, newest first.</p>
      </header>
      {problem.value !== undefined && <Problem text={problem.value} />}
      <div class="book-columns">
        <section aria-label="What shall happen">
          {success !== undefined && (
            <button type="button" class="choice choice-success" onClick={() => book(success)}>
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
            {failing.map((choice) => (
              <li key={choice.name}>
                <button type="button" class="choice" onClick={() => book(choice)}>
                  <Icon name="cross" />
                  <span class="choice-words">
                    <strong>{choice.fails}</strong>
                  </span>
                  <code>{choice.name}</code>
                </button>
              </li>
            ))}
          </ol>
        </section>
        <section class="recent" aria-label="Newest runs">
          <h2>Newest runs</h2>
          <Recent />
        </section>
      </div>
    </div>
  );
}

function Recent() {
  const newest = runs.value?.slice(0, 8) ?? [];
  if (newest.length === 0) return <p class="quiet">None yet. The first one appears here at once.</p>;
  return (
    <ul class="recent-list">
      {newest.map(({ name, status, trip, runType, error }) => (
        <li key={name}>
          <Link to={runPath(name)}>
            <span class="recent-name">{trip ?? name}</span>
            <span class="quiet">{runType ?? error ?? ''}</span>
            <Status look={runLook(status)} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
