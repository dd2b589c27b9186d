import { StackError } from './stack-error.ts';

/** A position in the source of one template, with the few moves that both parsers need. */
export interface Scanner {
  readonly source: string;
  position: number;
  /** Does the source go on with this text here? */
  at(text: string): boolean;
  /** Steps over this text if it is here. */
  take(text: string): boolean;
  expect(text: string, meaning: string): void;
  /** Steps over whatever matches this sticky expression, which may be nothing. */
  match(sticky: RegExp): string | undefined;
  skipSpace(): void;
  fail(problem: string): never;
}

const SPACE = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;

export function createScanner(source: string): Scanner {
  const scanner: Scanner = {
    source,
    position: 0,
    at: (text) => source.startsWith(text, scanner.position),
    take(text) {
      if (!scanner.at(text)) return false;
      scanner.position += text.length;
      return true;
    },
    expect(text, meaning) {
      if (!scanner.take(text)) scanner.fail(`expected "${text}" (${meaning})`);
    },
    match(sticky) {
      sticky.lastIndex = scanner.position;
      const found = sticky.exec(source)?.[0];
      if (found !== undefined) scanner.position += found.length;
      return found;
    },
    skipSpace() {
      scanner.match(SPACE);
    },
    fail(problem) {
      const near = source.slice(Math.max(0, scanner.position - 20), scanner.position + 20);
      throw new StackError(`syntax of the expression: ${problem} at character ${scanner.position}, near \`${near}\``);
    },
  };
  return scanner;
}
