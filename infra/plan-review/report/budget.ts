/** GitHub takes 65,536 characters in a comment. */
export const mostCharacters = 60_000;

export interface Section {
  readonly text: string;
  /** Said in its place where it does not fit. */
  readonly instead: string;
}

/**
 * Sections in their order, each whole or replaced by its one line, so that no code block and no `<details>` is cut. Those that
 * come first are the most important, and are the last to go.
 */
export function withinBudget(sections: readonly Section[], most = mostCharacters): string {
  const reserve = sections.reduce((sum, { instead }) => sum + instead.length + 2, 0);
  let left = most - reserve;
  return sections
    .map(({ text, instead }) => {
      if (text.length - instead.length > left) return instead;
      left -= Math.max(0, text.length - instead.length);
      return text;
    })
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');
}
