import * as z from 'zod/mini';

/**
 * Whether a text comes through a queue as it is. SQS refuses U+FFFE and U+FFFF, which JSON leaves as they are (control
 * characters it escapes), so a booking with one of them could have no dead letter and no redrive; half a character (a
 * lone surrogate) has no UTF-8 at all.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const fitsMessages = (text: string): boolean => text.isWellFormed() && !/[\uFFFE\uFFFF]/.test(text);

export const unfitForMessages = 'must not contain U+FFFE, U+FFFF or half a character (a lone surrogate)';

/** For texts that become part of a booking's input. */
export const messageText = z.refine((text) => fitsMessages(text as string), { message: unfitForMessages });

/** Where in a JSON value the first text (or name of a field) stands that no queue would take. */
export function unfitPath(value: unknown): string[] | undefined {
  if (typeof value === 'string') return fitsMessages(value) ? undefined : [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const path = fitsMessages(name) ? unfitPath(inner) : [];
    if (path !== undefined) return [name, ...path];
  }
  return undefined;
}
