/**
 * Answers that a block promises: comments behind a command that begin as JSON does. `…` stands for anything.
 *
 * @returns those that are not in what the block printed
 */
export const missingAnswers = (block: string, printed: string): readonly string[] =>
  [...block.matchAll(/^# ([{[].*)$/gm)].flatMap(([, answer = '']) =>
    isIn(printed, answer.split('…')) ? [] : [answer],
  );

/** Whether the text has all parts, in this order. */
function isIn(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}
