import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
} from 'graphql';

/** A whole number from 0 to below `n`. */
export type Random = (n: number) => number;

/** Mulberry32: small, seeded and good enough. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

export interface GeneratedRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Values that have broken something somewhere. */
const hostileTexts = [
  '',
  ' ',
  '#',
  'a#b',
  'null',
  '__proto__',
  'constructor',
  '\u0000',
  '\uffff',
  '\u{1F600}',
  '\ud800',
  "'; DROP TABLE bookings; --",
  '#{7*7}',
  '{{x}}',
  '../../etc/passwd',
  '"\\\n\r\t',
  'x'.repeat(251),
  'é'.repeat(1025),
  'x'.repeat(5000),
  '2021-07-10T06:00:00.000Z',
  '9'.repeat(400),
];
const hostileNumbers = [0, -0, 1, -1, 2, 99, 100, 101, 1000, 1001, 2147483647, -2147483648, 2147483648, 1.5, 1e300];

/** Writes operations of a schema, valid ones for the most part, with hostile values and here and there a mistake. */
export class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #texts: readonly string[];
  #variables: Record<string, unknown> = {};
  #declared: string[] = [];

  /** @param texts that mean something to the service: ids, airports, tokens */
  constructor(schema: GraphQLSchema, random: Random, texts: readonly string[]) {
    this.#schema = schema;
    this.#random = random;
    this.#texts = texts;
  }

  write(): GeneratedRequest {
    this.#variables = {};
    this.#declared = [];
    const isMutation = this.#chance(35);
    const root = isMutation ? this.#schema.getMutationType() : this.#schema.getQueryType();
    const fields = Array.from({ length: 1 + this.#random(this.#chance(5) ? 30 : 3) }, (_, index) =>
      this.#field(root as GraphQLOutputType, 0, `${this.#alias('a', index)}: `),
    );
    const declarations = this.#declared.length === 0 ? '' : `(${this.#declared.join(', ')})`;
    const operation = this.#chance(1) ? 'subscription' : isMutation ? 'mutation' : 'query';
    return { query: `${operation} Fuzz${declarations} { ${fields.join(' ')} }`, variables: this.#variables };
  }

  #chance(percent: number): boolean {
    return this.#random(100) < percent;
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[this.#random(values.length)] as Value;
  }

  /** Now and then one of the longest that are taken, or a longer one. */
  #alias(letter: string, number: number): string {
    const short = `${letter}${number}`;
    if (this.#chance(98)) return short;
    return short.padEnd(this.#random(20) === 0 ? 1100 : 100, '_');
  }

  #field(type: GraphQLOutputType, depth: number, alias = ''): string {
    const named = getNamedType(type);
    if (!isObjectType(named)) throw new Error(`${named.name} has no fields`);
    if (this.#random(300) === 0)
      return `${alias}${this.#pick(['nothing', '__typename', '__type(name: "Flight") { name }', 'execution_id'])}`;
    const field = this.#pick(Object.values(named.getFields()));
    const directive = this.#chance(3) ? ` @${this.#pick(['include', 'skip'])}(if: ${this.#chance(50)})` : '';
    return `${alias}${field.name}${this.#arguments(field.args)}${directive}${this.#selection(field.type, depth + 1)}`;
  }

  #selection(type: GraphQLOutputType, depth: number): string {
    if (!isObjectType(getNamedType(type))) return '';
    if (depth > 12) return ' { __typename }';
    const inner = Array.from({ length: 1 + this.#random(5) }, () =>
      this.#chance(5)
        ? `... on ${getNamedType(type).name} { ${this.#field(type, depth, `${this.#alias('f', this.#random(1e6))}: `)} }`
        : this.#field(type, depth, `${this.#alias('f', this.#random(1e6))}: `),
    );
    return ` { ${inner.join(' ')} }`;
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const given = args
      .filter((argument) => (isNonNullType(argument.type) ? this.#random(300) > 0 : this.#chance(60)))
      .map((argument) => `${argument.name}: ${this.#argument(argument)}`);
    if (this.#random(300) === 0) given.push('nothing: 1');
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  #argument({ type }: GraphQLArgument): string {
    const value = this.#value(type, 0);
    if (this.#chance(60)) {
      const name = `v${this.#declared.length}`;
      this.#declared.push(`$${name}: ${type}`);
      if (value !== undefined) this.#variables[name] = value;
      return `$${name}`;
    }
    return this.#literal(value, type);
  }

  /** A value that has no literal of its type is a mistake worth sending in another form. */
  #literal(value: unknown, type: GraphQLInputType): string {
    try {
      const ast = astFromValue(value, type);
      return ast === null || ast === undefined ? 'null' : print(ast);
    } catch {
      return this.#pick(['1', '"text"', '{}', '[]', 'NOTHING', 'null', '-1']);
    }
  }

  #value(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#random(200) === 0 ? null : this.#value(type.ofType, depth);
    if (this.#chance(4)) return null;
    if (this.#random(400) === 0) return this.#pick([1, 'text', true, [], {}, [[]], { nothing: 1 }]);
    if (isListType(type)) {
      return Array.from({ length: this.#chance(95) ? 2 : this.#random(5) }, () => this.#value(type.ofType, depth + 1));
    }
    if (isEnumType(type)) return this.#pick(type.getValues()).name;
    if (isInputObjectType(type)) return this.#object(Object.values(type.getFields()), depth);
    return this.#scalar(type.name);
  }

  #object(fields: readonly GraphQLInputField[], depth: number): Record<string, unknown> {
    const likely = depth > 4 ? 5 : fields.length > 6 && depth > 0 ? 20 : 40;
    return Object.fromEntries(
      fields
        .filter(
          ({ name, type }) =>
            isNonNullType(type) || this.#chance(['and', 'or', 'not'].includes(name) ? likely / 2 : likely),
        )
        .map(({ name, type }) => [name, this.#value(type, depth + 1)]),
    );
  }

  #scalar(name: string): unknown {
    if (name === 'Boolean') return this.#chance(50);
    if (name === 'Int' || name === 'Float') {
      return this.#chance(92) ? this.#random(200) : this.#pick(hostileNumbers);
    }
    return this.#chance(90) ? this.#pick(this.#texts) : this.#pick(hostileTexts);
  }
}
