import { serializationError, validationError } from '../errors.ts';
import { type AttributeValue, attribute, checkedValue, type Item } from '../values.ts';
import { checkCondition, checkPaths, checkUpdate } from './checks.ts';
import { Parser } from './parser.ts';
import type { Node, Path, UpdateAction } from './syntax.ts';

type Input = Readonly<Record<string, unknown>>;

/** A service has few expressions and sends them over and over with other values; callers build some, too. */
const mostKept = 1_000;

/** Trees by text. What is refused is not kept. */
function remembering<Tree>(parse: (parser: Parser) => Tree): (member: string, text: string) => Tree {
  const kept = new Map<string, Tree>();
  return (member, text) => {
    const key = `${member} ${text}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const tree = parse(new Parser(member, text));
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, tree);
    return tree;
  };
}

const conditionOf = remembering((parser) => parser.condition());
const projectionOf = remembering((parser) => parser.projection());
const updateOf = remembering((parser) => parser.update());

/** The expressions of one request, with its names and values in place of the placeholders. */
export class RequestExpressions {
  readonly #input: Input;
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Item;
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  constructor(input: Input, members: readonly string[]) {
    this.#input = input;
    this.#names = placeholders(input, 'ExpressionAttributeNames', members) as Record<string, string>;
    const values: Record<string, AttributeValue> = {};
    for (const [name, value] of Object.entries(placeholders(input, 'ExpressionAttributeValues', members))) {
      values[name] = checkedOperand(name, value);
    }
    this.#values = values;
    this.#unusedNames = new Set(Object.keys(this.#names));
    this.#unusedValues = new Set(Object.keys(values));
  }

  condition(member: string): Node | undefined {
    const text = this.#text(member);
    if (text === undefined) return undefined;
    const node = this.#bound(conditionOf(member, text), member);
    checkCondition(node, refusalOf(member));
    return node;
  }

  projection(): Path[] | undefined {
    const member = 'ProjectionExpression';
    const text = this.#text(member);
    if (text === undefined) return undefined;
    const paths = projectionOf(member, text).map((path) => this.#path(path, member));
    checkPaths(paths, refusalOf(member));
    return paths;
  }

  update(): UpdateAction[] | undefined {
    const member = 'UpdateExpression';
    const text = this.#text(member);
    if (text === undefined) return undefined;
    const actions = updateOf(member, text).map(({ section, path, operand }): UpdateAction => {
      const bound = operand === undefined ? undefined : this.#bound(operand, member);
      return { section, path: this.#path(path, member), operand: bound };
    });
    checkUpdate(actions, refusalOf(member));
    return actions;
  }

  /** To be called behind the last expression. @throws ValidationException for names and values that none has used */
  assertAllUsed(): void {
    const unused = this.#unusedNames.size > 0 ? this.#unusedNames : this.#unusedValues;
    if (unused.size === 0) return;
    const member = `ExpressionAttribute${unused === this.#unusedNames ? 'Names' : 'Values'}`;
    throw validationError(`Value provided in ${member} unused in expressions: keys: {${[...unused].join(', ')}}`);
  }

  #text(member: string): string | undefined {
    const text = this.#input[member] ?? undefined;
    if (text !== undefined && typeof text !== 'string') throw serializationError(member);
    return text;
  }

  #bound(node: Node, member: string): Node {
    if (node.kind === 'call') return { ...node, args: node.args.map((arg) => this.#bound(arg, member)) };
    if (node.kind === 'path') return { kind: 'path', path: this.#path(node.path, member) };
    const value = attribute(this.#values, node.name);
    if (value === undefined) {
      throw refusalOf(member)(
        `An expression attribute value used in expression is not defined; attribute value: ${node.name}`,
      );
    }
    this.#unusedValues.delete(node.name);
    return { ...node, value };
  }

  #path(path: Path, member: string): Path {
    return path.map((step) => (typeof step === 'string' && step.startsWith('#') ? this.#named(step, member) : step));
  }

  #named(placeholder: string, member: string): string {
    const name = Object.hasOwn(this.#names, placeholder) ? this.#names[placeholder] : undefined;
    if (typeof name !== 'string') {
      throw refusalOf(member)(
        `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
    }
    this.#unusedNames.delete(placeholder);
    return name;
  }
}

const refusalOf = (member: string) => (reason: string) => validationError(`Invalid ${member}: ${reason}`);

function placeholders(input: Input, member: string, members: readonly string[]): Readonly<Record<string, unknown>> {
  const given = input[member] ?? undefined;
  if (given === undefined) return {};
  if (typeof given !== 'object') throw serializationError(member);
  if (members.every((one) => (input[one] ?? undefined) === undefined)) {
    throw validationError(
      `${member} can only be specified when using expressions: ${members.join(' and ')} ${members.length > 1 ? 'are' : 'is'} null`,
    );
  }
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationError(`${member} must not be empty`);
  const form = member === 'ExpressionAttributeNames' ? /^#[A-Za-z0-9_]+$/ : /^:[A-Za-z0-9_]+$/;
  const wrong = keys.find((key) => !form.test(key));
  if (wrong !== undefined) throw validationError(`${member} contains invalid key: Syntax error; key: "${wrong}"`);
  const nameless = keys.find((key) => (given as Record<string, unknown>)[key] === '');
  if (nameless !== undefined) {
    throw validationError(`${member} contains invalid value: Empty attribute name for key ${nameless}`);
  }
  return given as Record<string, unknown>;
}

function checkedOperand(name: string, value: unknown): AttributeValue {
  try {
    return checkedValue(value);
  } catch (error) {
    throw validationError(
      `ExpressionAttributeValues contains invalid value: ${(error as Error).message} for key ${name}`,
    );
  }
}
