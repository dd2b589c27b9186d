import { Fragment } from 'preact';

/** `SendToDeadLetterQueue` may break before each of its words. */
export function Breakable({ name }: { readonly name: string }) {
  return (
    <>
      {name.split(/(?=[A-Z])/).map((part, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
