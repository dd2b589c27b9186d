import { Reader } from './reader.ts';
import { type CallNode, type Node, type Path, type Section, sections, type UpdateAction } from './syntax.ts';

const comparisons = new Set(['=', '<>', '<', '<=', '>', '>=']);
/** Functions by where they may stand, with the number of their operands. */
const conditionFunctions: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};
const operandFunctions: Readonly<Record<string, number>> = { size: 1, if_not_exists: 2, list_append: 2 };

/** Operators and functions of one expression. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const mostOperators = 300;
/** Of IN. */
const mostCandidates = 100;

/**
 * Reads one expression. Names and values stay placeholders, so that a text's tree serves all requests.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export class Parser extends Reader {
  /** Of the node that was in parentheses last. */
  #enclosed: Node | undefined;
  #operators = 0;

  condition(): Node {
    const node = this.#either();
    this.end();
    return node;
  }

  projection(): Path[] {
    const paths = [this.path().path];
    while (this.take(',')) paths.push(this.path().path);
    this.end();
    return paths;
  }

  update(): UpdateAction[] {
    const actions: UpdateAction[] = [];
    const seen = new Set<Section>();
    do {
      const section = sections.find((one) => this.takeWord(one));
      if (section === undefined) throw this.syntax();
      if (seen.has(section)) {
        throw this.refusal(`The "${section}" section can only be used once in an update expression;`);
      }
      seen.add(section);
      do actions.push(this.#action(section));
      while (this.take(','));
    } while (this.token.kind !== 'end');
    return actions;
  }

  #action(section: Section): UpdateAction {
    const { path } = this.path();
    if (section === 'REMOVE') return { section, path, operand: undefined };
    if (section === 'SET') {
      this.expect('=');
      return { section, path, operand: this.#sum() };
    }
    if (this.token.kind !== 'value') throw this.syntax();
    return { section, path, operand: this.#operand() };
  }

  #sum(): Node {
    const left = this.#operand();
    const operator = ['+', '-'].find((one) => this.take(one));
    return operator === undefined ? left : this.#call(operator, left, this.#operand());
  }

  #either(): Node {
    let left = this.#both();
    while (this.takeWord('OR')) left = this.#call('or', left, this.#both());
    return left;
  }

  #both(): Node {
    let left = this.#negated();
    while (this.takeWord('AND')) left = this.#call('and', left, this.#negated());
    return left;
  }

  #negated(): Node {
    return this.takeWord('NOT') ? this.#call('not', this.#negated()) : this.#test();
  }

  #test(): Node {
    if (this.take('(')) {
      const node = this.#either();
      this.expect(')');
      if (node === this.#enclosed) throw this.refusal('The expression has redundant parentheses;');
      this.#enclosed = node;
      return node;
    }
    const left = this.#operand();
    if (left.kind === 'call' && left.operator in conditionFunctions) return left;
    const { text } = this.token;
    if (comparisons.has(text)) {
      this.skip();
      return this.#call(text, left, this.#operand());
    }
    if (this.takeWord('BETWEEN')) {
      const low = this.#operand();
      if (!this.takeWord('AND')) throw this.syntax();
      return this.#call('between', left, low, this.#operand());
    }
    if (this.takeWord('IN')) {
      this.expect('(');
      const candidates = this.#list();
      if (candidates.length > mostCandidates) {
        throw this.#miscounted('IN', candidates.length);
      }
      return this.#call('in', left, ...candidates);
    }
    if (left.kind === 'call') throw this.#misplaced(left.operator);
    throw this.syntax();
  }

  #operand(): Node {
    const { kind, text } = this.token;
    if (kind === 'value') {
      this.skip();
      return { kind: 'value', name: text, value: {} };
    }
    if (kind !== 'name' || this.following?.text !== '(') return this.path();
    this.skip(2);
    const args = this.#list();
    const isUpdate = this.member === 'UpdateExpression';
    const count = conditionFunctions[text] ?? operandFunctions[text];
    if (count === undefined) throw this.refusal(`Invalid function name; function: ${text}`);
    if ((text === 'if_not_exists' || text === 'list_append') !== isUpdate) throw this.#misplaced(text);
    if (args.length !== count) throw this.#miscounted(text, args.length);
    const nested = args.find(
      (arg) => arg.kind === 'call' && (arg.operator in conditionFunctions || (!isUpdate && arg.operator !== 'size')),
    );
    if (nested?.kind === 'call') throw this.#misplaced(nested.operator);
    return this.#call(text, ...args);
  }

  /** Behind an opening parenthesis. */
  #list(): Node[] {
    const nodes = [this.#operand()];
    while (this.take(',')) nodes.push(this.#operand());
    this.expect(')');
    return nodes;
  }

  #call(operator: string, ...args: Node[]): CallNode {
    this.#operators += 1;
    if (this.#operators > mostOperators) {
      throw this.refusal(`The expression has too many operators; maximum number of operators: ${mostOperators}`);
    }
    return { kind: 'call', operator, args };
  }

  #miscounted(operator: string, operands: number): Error {
    const what = `operator or function: ${operator}, number of operands: ${operands}`;
    return this.refusal(`Incorrect number of operands for operator or function; ${what}`);
  }

  #misplaced(name: string): Error {
    return this.refusal(`The function is not allowed to be used this way in an expression; function: ${name}`);
  }
}
