import type { Expression, Step } from './expression.ts';
import type { Scanner } from './scanner.ts';
import { parseQuoted } from './template-parts.ts';

const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_-]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Binary operators from the loosest to the tightest, as Terraform ranks them. Longer spellings first within a rank. */
const RANKS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads one expression at the scanner's position and stops behind it. */
export function parseExpression(scanner: Scanner): Expression {
  const test = binary(scanner, 0);
  scanner.skipSpace();
  if (!scanner.take('?')) return test;
  const then = parseExpression(scanner);
  scanner.skipSpace();
  scanner.expect(':', 'other branch of a conditional');
  return { kind: 'conditional', test, then, otherwise: parseExpression(scanner) };
}

function binary(scanner: Scanner, rank: number): Expression {
  const operators = RANKS[rank];
  if (!operators) return unary(scanner);
  let left = binary(scanner, rank + 1);
  for (;;) {
    scanner.skipSpace();
    const operator = operators.find((each) => scanner.take(each));
    if (!operator) return left;
    left = { kind: 'binary', operator, left, right: binary(scanner, rank + 1) };
  }
}

function unary(scanner: Scanner): Expression {
  scanner.skipSpace();
  if (scanner.take('!')) return { kind: 'unary', operator: '!', operand: unary(scanner) };
  if (scanner.take('-')) return { kind: 'unary', operator: '-', operand: unary(scanner) };
  const object = primary(scanner);
  const steps = stepsBehind(scanner);
  if (steps.length === 0) return object;
  if (object.kind === 'reference') return { kind: 'reference', root: object.root, steps };
  return { kind: 'access', object, steps };
}

function primary(scanner: Scanner): Expression {
  if (scanner.take('"')) return parseQuoted(scanner, parseExpression);
  if (scanner.take('(')) {
    const inner = parseExpression(scanner);
    scanner.skipSpace();
    scanner.expect(')', 'end of the parentheses');
    return inner;
  }
  if (scanner.take('[')) return list(scanner);
  if (scanner.take('{')) return object(scanner);
  const number = scanner.match(NUMBER);
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  const word = scanner.match(IDENTIFIER);
  if (word === undefined) return scanner.fail('expected a value');
  const literal = LITERALS.get(word);
  if (literal !== undefined) return { kind: 'literal', value: literal };
  return scanner.take('(') ? call(scanner, word) : { kind: 'reference', root: word, steps: [] };
}

function call(scanner: Scanner, name: string): Expression {
  let spread = false;
  const args = separated(scanner, ')', () => {
    const argument = parseExpression(scanner);
    scanner.skipSpace();
    if (scanner.take('...')) spread = true;
    return argument;
  });
  return { kind: 'call', name, args, spread };
}

function list(scanner: Scanner): Expression {
  return { kind: 'list', items: separated(scanner, ']', () => notFor(scanner) ?? parseExpression(scanner)) };
}

function object(scanner: Scanner): Expression {
  const entries = separated(scanner, '}', (): readonly [Expression, Expression] => {
    notFor(scanner);
    // A bare word is a key's name here, not a reference.
    const before = scanner.position;
    const word = scanner.match(IDENTIFIER);
    scanner.skipSpace();
    const bare = word !== undefined && (scanner.at('=') || scanner.at(':'));
    if (!bare) scanner.position = before;
    const key: Expression = bare ? { kind: 'literal', value: word } : parseExpression(scanner);
    scanner.skipSpace();
    if (!scanner.take('=')) scanner.expect(':', 'value of an object key');
    return [key, parseExpression(scanner)];
  });
  return { kind: 'object', entries };
}

function notFor(scanner: Scanner): undefined {
  if (scanner.match(/for\s/y)) scanner.fail('`for` expressions are not supported');
}

/** Items up to the closing mark, separated by commas (or new lines, as HCL allows in objects), a trailing one allowed. */
function separated<T>(scanner: Scanner, end: string, item: () => T): T[] {
  const items: T[] = [];
  for (;;) {
    scanner.skipSpace();
    if (scanner.take(end)) return items;
    items.push(item());
    scanner.skipSpace();
    // The operators that the item's value might have gone on with have been looked for already, past the end of its line.
    const newLine = end === '}' && /\n\s*$/.test(scanner.source.slice(0, scanner.position));
    if (!scanner.take(',') && !newLine && !scanner.at(end)) scanner.fail(`expected "," or "${end}"`);
  }
}

function stepsBehind(scanner: Scanner): Step[] {
  const steps: Step[] = [];
  for (;;) {
    if (scanner.take('[*]') || scanner.take('.*')) steps.push({ kind: 'splat' });
    else if (scanner.take('[')) {
      const index = parseExpression(scanner);
      scanner.skipSpace();
      scanner.expect(']', 'end of the index');
      steps.push({ kind: 'index', index });
    } else if (scanner.at('.') && !scanner.at('...')) {
      scanner.position += 1;
      const number = scanner.match(/\d+/y);
      const name = number ?? scanner.match(IDENTIFIER) ?? scanner.fail('expected an attribute name');
      steps.push(
        number ? { kind: 'index', index: { kind: 'literal', value: Number(number) } } : { kind: 'attribute', name },
      );
    } else return steps;
  }
}
