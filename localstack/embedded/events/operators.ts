/** The comparison operators of an event pattern's leaf, one matcher each. */
import { BlockList, isIP } from 'node:net';
import { compileWildcard } from '../wildcard.ts';

export type Scalar = string | number | boolean | null;

export interface Matcher {
  test(value: Scalar): boolean;
  /** Whether a field that is not there matches, which only `{ "exists": false }` wants. */
  readonly absent: boolean;
}

type Problem = (message: string) => Error;
type Test = Matcher['test'];

export function compileOperator(rule: unknown, problem: Problem): Matcher {
  if (rule === null || typeof rule !== 'object') return { test: (value) => value === rule, absent: false };
  const [entry, ...more] = Object.entries(rule);
  if (!entry || more.length > 0 || Array.isArray(rule)) {
    throw problem(`one operator is expected, got ${JSON.stringify(rule)}`);
  }
  const [name, operand] = entry;
  if (name === 'exists') {
    if (typeof operand !== 'boolean') throw problem(`exists takes true or false, got ${JSON.stringify(operand)}`);
    return { test: () => operand, absent: !operand };
  }
  const compile = operators[name];
  if (!compile) throw problem(`unknown operator "${name}"; known: exists, ${Object.keys(operators).join(', ')}`);
  return { test: compile(operand, problem), absent: false };
}

const operators: Record<string, (operand: unknown, problem: Problem) => Test> = {
  prefix: (operand, problem) => edge(operand, problem, (value, edgeText) => value.startsWith(edgeText)),
  suffix: (operand, problem) => edge(operand, problem, (value, edgeText) => value.endsWith(edgeText)),
  'equals-ignore-case': (operand, problem) => {
    const wanted = text(operand, problem).toLowerCase();
    return ifText((value) => value.toLowerCase() === wanted);
  },
  wildcard: (operand, problem) => wildcard(text(operand, problem), problem),
  cidr: (operand, problem) => cidr(text(operand, problem), problem),
  numeric: (operand, problem) => numeric(operand, problem),
  'anything-but': (operand, problem) => anythingBut(operand, problem),
};

export const operatorNames: readonly string[] = Object.keys(operators);

function edge(operand: unknown, problem: Problem, has: (value: string, edgeText: string) => boolean): Test {
  if (typeof operand === 'object' && operand !== null && 'equals-ignore-case' in operand) {
    const wanted = text(operand['equals-ignore-case'], problem).toLowerCase();
    return ifText((value) => has(value.toLowerCase(), wanted));
  }
  const wanted = text(operand, problem);
  return ifText((value) => has(value, wanted));
}

function wildcard(pattern: string, problem: Problem): Test {
  if (pattern.includes('**')) throw problem(`wildcard "${pattern}" has two * in a row`);
  return ifText(compileWildcard(pattern));
}

function cidr(range: string, problem: Problem): Test {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network);
  if (family === 0 || !/^\d+$/.test(bits)) throw problem(`cidr "${range}" is not a network such as 10.0.0.0/24`);
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return ifText((value) => isIP(value) !== 0 && list.check(value, isIP(value) === 6 ? 'ipv6' : 'ipv4'));
}

const comparisons: Record<string, (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching */
const mostNumber = 5e9;

function numeric(operand: unknown, problem: Problem): Test {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw problem(`numeric takes one or two comparisons, such as [">=", 0, "<", 5], got ${JSON.stringify(operand)}`);
  }
  const [first, low, second, high] = operand;
  const isRange = operand.length === 2 || (/^>=?$/.test(first) && /^<=?$/.test(second) && low < high);
  if (!isRange)
    throw problem(`numeric has no comparison ${JSON.stringify(operand)}: write a lower bound, then a higher one`);
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = comparisons[String(operand[index])];
    const limit: unknown = operand[index + 1];
    if (!compare || typeof limit !== 'number') throw problem(`numeric has no comparison ${JSON.stringify(operand)}`);
    if (Math.abs(limit) > mostNumber) throw problem(`numeric takes -${mostNumber} to ${mostNumber}, not ${limit}`);
    tests.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function anythingBut(operand: unknown, problem: Problem): Test {
  const excluded = anythingButTests(operand, problem);
  return (value) => !excluded.some((test) => test(value));
}

function anythingButTests(operand: unknown, problem: Problem): Test[] {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw problem('anything-but takes at least one value');
  return list.flatMap((excluded): Test[] => {
    if (excluded === null) throw problem('anything-but does not take null');
    if (typeof excluded !== 'object') return [(value) => value === excluded];
    const [name = '', inner] = Object.entries(excluded)[0] ?? [];
    const compile = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name) ? operators[name] : undefined;
    if (!compile) throw problem(`anything-but does not take ${JSON.stringify(excluded)}`);
    return (Array.isArray(inner) ? inner : [inner]).map((one) => {
      if (text(one, problem) === '' && (name === 'prefix' || name === 'suffix'))
        throw problem(`${name} may not be empty`);
      return compile(one, problem);
    });
  });
}

function text(operand: unknown, problem: Problem): string {
  if (typeof operand === 'string') return operand;
  throw problem(`a string is expected, got ${JSON.stringify(operand)}`);
}

function ifText(test: (value: string) => boolean): Test {
  return (value) => typeof value === 'string' && test(value);
}
