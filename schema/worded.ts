import * as z from 'zod/mini';

/** A text of this form. `words` say to a person what the pattern says to the machine: `must be 1 to 50 letters`. */
export const worded = (pattern: RegExp, words: string) => z.string().check(z.regex(pattern, words));

/** An instant of ISO 8601 that says its distance from UTC, so that it is one instant everywhere. */
export const instant = () =>
  z.iso.datetime({ offset: true, error: onlyForm('must be a date and time such as 2026-07-10T12:00:00Z') });

/** A day of the calendar. */
export const day = () => z.iso.date({ error: onlyForm('must be a date such as 2026-07-10') });

/** What has another type, or is missing, has words of its own. */
const onlyForm =
  (words: string) =>
  ({ code }: { readonly code?: string }): string | undefined =>
    code === 'invalid_format' ? words : undefined;
