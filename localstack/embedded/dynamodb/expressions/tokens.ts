/** What a text of an expression is made of; `at` and `end` are positions in it. */
export interface Token {
  readonly kind: 'name' | 'placeholder' | 'value' | 'number' | 'symbol' | 'end' | 'unknown';
  readonly text: string;
  readonly at: number;
}

const pattern =
  /\s*(?:(?<name>[A-Za-z][A-Za-z0-9_]*)|(?<placeholder>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<number>\d+)|(?<symbol><>|<=|>=|[=<>()[\],.+-])|(?<unknown>\S))/gy;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const { groups = {}, index } = match;
    for (const kind in groups) {
      const found = groups[kind];
      if (found !== undefined)
        tokens.push({ kind: kind as Token['kind'], text: found, at: index + match[0].length - found.length });
    }
  }
  tokens.push({ kind: 'end', text: '<EOF>', at: text.length });
  return tokens;
}
