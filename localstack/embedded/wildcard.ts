/**
 * The wildcards of Choice's StringMatches and of event patterns: `*` stands for any text, `\*` and `\\` for themselves, every other
 * character for itself.
 */
export function compileWildcard(pattern: string): (value: string) => boolean {
  const source = pattern.replace(/\\([*\\])|\*|[\s\S]/g, (character, escaped: string | undefined) => {
    if (character === '*') return '[\\s\\S]*';
    return (escaped ?? character).replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  const expression = new RegExp(`^${source}$`);
  return (value) => expression.test(value);
}
