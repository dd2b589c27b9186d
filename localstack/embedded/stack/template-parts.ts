import type { Expression } from './expression.ts';
import type { Scanner } from './scanner.ts';

/** Reads one expression at the scanner's position; the grammar is recursive, so this is handed in. */
export type ReadExpression = (scanner: Scanner) => Expression;

/** A quoted string inside an expression; the opening quote has been taken. */
export function parseQuoted(scanner: Scanner, expression: ReadExpression): Expression {
  const parts = templateParts(scanner, '"', expression);
  scanner.expect('"', 'end of the string');
  return templateOf(parts);
}

export function templateOf(parts: readonly Expression[]): Expression {
  if (parts.length === 0) return { kind: 'literal', value: '' };
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'template', parts };
}

const PLAIN = /[^$%]+/y;
const PLAIN_IN_QUOTES = /[^$%"\\]+/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

export function templateParts(scanner: Scanner, end: '"' | undefined, expression: ReadExpression): Expression[] {
  const parts: Expression[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push({ kind: 'literal', value: text });
    text = '';
  };
  while (scanner.position < scanner.source.length && !(end && scanner.at(end))) {
    if (scanner.take('$${')) text += '${';
    else if (scanner.take('%%{')) text += '%{';
    else if (scanner.at('%{')) scanner.fail('template directives (%{ if … }, %{ for … }) are not supported');
    else if (scanner.take('${')) {
      flush();
      scanner.take('~');
      parts.push(expression(scanner));
      scanner.skipSpace();
      scanner.take('~');
      scanner.expect('}', 'end of the interpolation');
    } else if (end && scanner.take('\\')) text += escapeSequence(scanner);
    else text += scanner.match(end ? PLAIN_IN_QUOTES : PLAIN) ?? takeOne(scanner);
  }
  flush();
  return parts;
}

function takeOne(scanner: Scanner): string {
  const character = scanner.source.charAt(scanner.position);
  scanner.position += 1;
  return character;
}

function escapeSequence(scanner: Scanner): string {
  const unicode = scanner.match(/u[0-9a-fA-F]{4}/y) ?? scanner.match(/U[0-9a-fA-F]{8}/y);
  if (unicode) return String.fromCodePoint(Number.parseInt(unicode.slice(1), 16));
  const letter = takeOne(scanner);
  return ESCAPES[letter] ?? scanner.fail(`unknown escape \\${letter}`);
}
