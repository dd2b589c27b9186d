import { useState } from 'preact/hooks';
import { type BookChoices, burstOf, type Mix, mixes } from '../../../model/book.ts';
import type { BurstBody, BurstResult } from '../../../model/wire.ts';
import { plural } from '../../../model/words.ts';
import { post, wordsOf } from '../../api.ts';
import { announce } from '../../stores/announce.ts';
import { bodyOf } from '../../stores/book.ts';
import { Link } from '../../ui/link.tsx';

const most = 500;

/** Many bookings at once. */
export function Burst({ choices }: { readonly choices: BookChoices }) {
  const [count, setCount] = useState(20);
  const [mix, setMix] = useState<Mix>('all');
  const [told, tell] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);

  async function begin(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    tell(undefined);
    const { runType: _, trip: __, ...rest } = bodyOf('');
    const body: BurstBody = { ...rest, runTypes: burstOf(count, mix, choices) };
    const words = await post<BurstResult>('/burst', body).then(wordsOfResult, wordsOf);
    tell(words);
    announce(words);
    setBusy(false);
  }

  return (
    <form class="panel" aria-label="A burst" onSubmit={begin}>
      <h2>A burst</h2>
      <div class="burst">
        <label class="mix">
          <span class="unseen">Mix</span>
          <select value={mix} onChange={({ currentTarget }) => setMix(currentTarget.value as Mix)}>
            {Object.entries(mixes).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="unseen">How many</span>
          <input
            type="number"
            min={1}
            max={most}
            required
            value={count}
            onInput={({ currentTarget }) => setCount(Number(currentTarget.value))}
          />
        </label>
        <button type="submit" class="button button-strong" disabled={busy}>
          Start
        </button>
      </div>
      {told !== undefined && (
        <p class="burst-told">
          {told} <Link to="/runs">See them run</Link>
        </p>
      )}
    </form>
  );
}

function wordsOfResult({ started, refusals }: BurstResult): string {
  const refused = refusals.length === 0 ? '' : ` Refused: ${refusals.join('; ')}.`;
  return `${plural(started, 'booking')} started.${refused}`;
}
