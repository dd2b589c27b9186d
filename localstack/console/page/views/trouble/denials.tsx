import { useState } from 'preact/hooks';
import type { DenialRow } from '../../../model/trouble.ts';
import { moment, plural } from '../../../model/words.ts';
import { announce } from '../../stores/announce.ts';
import { Icon } from '../../ui/icon.tsx';

export function DenialsView({ rows }: { readonly rows: readonly DenialRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">No call was denied.</p>;
  const now = Date.now();
  return (
    <ul class="letters">
      {rows.map(({ by, action, resource, count, lastAt, statement }) => (
        <li key={`${by} ${action} ${resource}`} class="letter">
          <h2>
            <code>{action}</code>
          </h2>
          <p class="quiet">
            by <code>{by}</code>, of <code>{resource}</code>: {plural(count, 'time')}, last {moment(lastAt, now)}
          </p>
          {statement === undefined ? (
            <p>A statement denies it, or the role may not be assumed: no further statement would allow it.</p>
          ) : (
            <Statement text={statement} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Statement({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce('Copied');
  }
  return (
    <div class="statement">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <button type="button" class="button" onClick={() => void copy()}>
        <Icon name="copy" /> {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
