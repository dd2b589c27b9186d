import type { MessageRow } from '../../../model/trouble.ts';
import { moment } from '../../../model/words.ts';

/** More than fits into a line. */
const longestExcerpt = 300;

export function MessagesView({ rows }: { readonly rows: readonly MessageRow[] }) {
  if (rows.length === 0) return <p class="empty quiet">Nothing was sent yet.</p>;
  const now = Date.now();
  return (
    <ul class="letters">
      {rows.map(({ at, kind, to, title, body }) => (
        <li key={`${kind} ${to} ${title} ${at}`} class="letter">
          <details>
            <summary>
              <span class="tag">{kind === 'mail' ? 'mail' : 'queue'}</span> <strong>{to}</strong>{' '}
              <span class="quiet">{moment(at, now)}</span>
              <span class="quiet excerpt">{kind === 'mail' ? title : body.slice(0, longestExcerpt)}</span>
            </summary>
            {kind === 'queue' && <p class="quiet mono">Message {title}</p>}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
            <pre tabIndex={0}>{indented(body)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
