import { useState } from 'preact/hooks';
import type { LetterRow, RedriveResult } from '../../../model/trouble.ts';
import { moment, plural } from '../../../model/words.ts';
import { post, wordsOf } from '../../api.ts';
import { runPath } from '../../router.ts';
import { announce } from '../../stores/announce.ts';
import { start } from '../../stores/start.ts';
import { refreshTrouble } from '../../stores/trouble.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { tripPath } from '../data/paths.ts';

/** Each with what failed; redriven one by one or all at once, with what became of each. */
export function LettersView({ rows: listed }: { readonly rows: readonly LetterRow[] }) {
  const [busy, setBusy] = useState<readonly string[]>([]);
  const [results, setResults] = useState<readonly RedriveResult[]>([]);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const mayAct = start.value?.actions ?? false;
  // The list may be older than what became of its letters.
  const gone = new Set(results.filter(({ isDone }) => isDone).map(({ id }) => id));
  const rows = listed.filter(({ id }) => !gone.has(id));

  async function redrive(ids: readonly string[]): Promise<void> {
    setBusy(ids);
    setProblem(undefined);
    announce(`Redriving ${plural(ids.length, 'letter')}`);
    try {
      const news = await post<RedriveResult[]>('/trouble/letters/redrive', { ids });
      setResults(news);
      announce(`${news.filter(({ isDone }) => isDone).length} of ${plural(news.length, 'letter')} done`);
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setBusy([]);
    void refreshTrouble();
  }

  return (
    <section>
      {problem !== undefined && <Problem text={problem} />}
      {results.length > 0 && <Results results={results} close={() => setResults([])} />}
      {rows.length === 0 && <p class="empty quiet">No dead letters: everything was undone, told and delivered.</p>}
      {rows.length > 1 && mayAct && (
        <p class="bulk">
          <button
            type="button"
            class="button"
            disabled={busy.length > 0}
            onClick={() => void redrive(rows.map(({ id }) => id))}
          >
            <Icon name="retry" /> {busy.length > 1 ? 'Redriving …' : `Redrive all ${rows.length}`}
          </button>
        </p>
      )}
      <ul class="letters">
        {rows.map((row) => (
          <Letter
            key={row.id}
            row={row}
            mayAct={mayAct}
            isBusy={busy.includes(row.id)}
            isHeld={busy.length > 0}
            redrive={() => void redrive([row.id])}
          />
        ))}
      </ul>
    </section>
  );
}

interface LetterProps {
  readonly row: LetterRow;
  readonly mayAct: boolean;
  readonly isBusy: boolean;
  /** Another one is under way. */
  readonly isHeld: boolean;
  readonly redrive: () => void;
}

function Letter({ row, mayAct, isBusy, isHeld, redrive }: LetterProps) {
  const { id, queue, sentAt, about, failures, trip, executionId } = row;
  return (
    <li class="letter">
      <div class="letter-head">
        <h2>{about}</h2>
        {mayAct && (
          <button type="button" class="button" disabled={isHeld} onClick={redrive} aria-label={`Redrive: ${about}`}>
            <Icon name="retry" /> {isBusy ? 'Redriving …' : 'Redrive'}
          </button>
        )}
      </div>
      <p class="quiet">
        <span class="tag">{queue}</span> since {moment(sentAt, Date.now())}
        {trip !== undefined && (
          <>
            {' · '}
            <Link to={tripPath(trip)}>trip {trip}</Link>
          </>
        )}
        {executionId !== undefined && (
          <>
            {' · '}
            <Link to={runPath(executionId)}>its run</Link>
          </>
        )}{' '}
        · <code>{id}</code>
      </p>
      {failures.length > 0 && (
        <ul class="letter-failures">
          {failures.map(({ layer, error, cause }) => (
            <li key={`${layer} ${error}`} class="tone-bad">
              <Icon name="cross" size={14} /> <span>{[layer, error, cause].filter(Boolean).join(': ')}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Results({ results, close }: { readonly results: readonly RedriveResult[]; readonly close: () => void }) {
  return (
    <section class="results" aria-label="What became of the letters">
      <div class="letter-head">
        <h2>What became of them</h2>
        <button type="button" class="button" onClick={close}>
          <Icon name="close" /> Close
        </button>
      </div>
      <ul>
        {results.map(({ id, about, isDone, text }) => (
          <li key={id} class={isDone ? 'tone-good' : 'tone-bad'}>
            <Icon name={isDone ? 'check' : 'cross'} size={15} />{' '}
            <span>
              {about}: <strong>{isDone ? 'done' : 'not done'}</strong>, {text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
