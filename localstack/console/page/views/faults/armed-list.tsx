import { useState } from 'preact/hooks';
import { type FaultsAnswer, nextCalls, seenByFailureOf, wordsOfFault } from '../../../model/faults.ts';
import { wordsOf } from '../../api.ts';
import { bookAndWatch } from '../../stores/book.ts';
import { disarm } from '../../stores/faults.ts';
import { start } from '../../stores/start.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';

export function ArmedList({ answer }: { readonly answer: FaultsAnswer }) {
  const { armed } = answer;
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
          <SeeIt answer={answer} />
        </>
      )}
    </section>
  );
}

/** Books what comes to the armed states. */
function SeeIt({ answer }: { readonly answer: FaultsAnswer }) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { runTypes = [], books = false } = start.value ?? {};
  const failing = seenByFailureOf(
    answer.armed.map(({ state }) => state),
    answer,
  );
  const runType = runTypes.find(({ fails }) => fails === failing)?.name;
  if (!books || runType === undefined) return null;
  return (
    <div class="fault-hint">
      {problem !== undefined && <Problem text={problem} />}
      <button
        type="button"
        class="button"
        onClick={() => void bookAndWatch({ runType }).catch((error: unknown) => setProblem(wordsOf(error)))}
      >
        <Icon name="book" size={16} /> {failing === undefined ? 'Book a holiday' : `Book one whose ${failing} fails`}
      </button>
      <p class="quiet">A fault stays armed until runs come to its state.</p>
    </div>
  );
}
