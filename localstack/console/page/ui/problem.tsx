import { Icon } from './icon.tsx';

/** Why something cannot be shown or done, in the server's own words. */
export function Problem({ text }: { readonly text: string }) {
  return (
    <p class="problem tone-bad" role="alert">
      <Icon name="trouble" />
      <span>{text}</span>
    </p>
  );
}
