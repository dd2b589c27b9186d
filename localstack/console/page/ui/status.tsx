import type { StatusLook } from '../../model/status.ts';
import { Icon } from './icon.tsx';

/** A status as an icon and a word: its colour only repeats them. */
export function Status({ look }: { readonly look: StatusLook }) {
  return (
    <span class={`status tone-${look.tone}`}>
      <Icon name={look.icon} size={15} />
      {look.word}
    </span>
  );
}
