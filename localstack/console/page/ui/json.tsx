import { useState } from 'preact/hooks';
import { announce } from '../stores/announce.ts';
import { Icon } from './icon.tsx';

/** More is cut, and shown on demand. */
const firstCharacters = 6_000;
const shortCharacters = 1_200;

interface JsonProps {
  readonly text: string;
  readonly title: string;
  /** Whether it is unfolded at first; short ones are. */
  readonly isOpen?: boolean;
}

/** JSON text, indented; any other text as it is. */
export function Json({ text, title, isOpen = text.length < shortCharacters }: JsonProps) {
  const [whole, showWhole] = useState(false);
  const shown = indented(text);
  const isCut = !whole && shown.length > firstCharacters;
  return (
    <details class="json" open={isOpen}>
      <summary>
        {title} <span class="quiet">{sizeOf(text)}</span>
      </summary>
      <div class="json-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <pre tabIndex={0}>{isCut ? `${shown.slice(0, firstCharacters)} …` : shown}</pre>
        <button type="button" class="icon-button" title={`Copy ${title}`} onClick={() => copy(shown, title)}>
          <Icon name="copy" size={15} />
          <span class="unseen">Copy {title}</span>
        </button>
      </div>
      {isCut && (
        <button type="button" class="text-button" onClick={() => showWhole(true)}>
          Show all
        </button>
      )}
    </details>
  );
}

function copy(text: string, title: string): void {
  // Without a secure context, from another machine say, there is no clipboard.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  const copied = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  copied.then(
    () => announce(`${title} copied`),
    () => announce(`The browser does not allow to copy ${title}`),
  );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const sizeOf = ({ length }: string): string => (length < 1_000 ? `${length} B` : `${(length / 1_000).toFixed(1)} kB`);
