import type { MessageRow } from '../../../model/trouble.ts';
import { moment } from '../../../model/words.ts';

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
              <span class="quiet">
                {title} · {moment(at, now)}
              </span>
            </summary>
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
