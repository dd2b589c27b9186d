import { compileWildcard } from '../wildcard.ts';
import { runtimeError, UnsupportedDefinitionError } from './errors.ts';
import { isObject, type Json, type JsonObject, textOf } from './json.ts';
import { type Context, compilePath, parsePath, type Read } from './reference-path.ts';
import { isTimestamp } from './timestamp.ts';

export type Test = (data: Json, context: Context) => boolean;

type Kind = 'String' | 'Numeric' | 'Boolean' | 'Timestamp';

const COMPARISON =
  /^(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals)(Path)?$/;

const ofKind: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Numeric: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
  Timestamp: isTimestamp,
};

const typeTests: Readonly<Record<string, (value: Json) => boolean>> = {
  IsNull: (value) => value === null,
  IsString: ofKind.String,
  IsNumeric: ofKind.Numeric,
  IsBoolean: ofKind.Boolean,
  IsTimestamp: ofKind.Timestamp,
};

const orders: Readonly<Record<string, (sign: number) => boolean>> = {
  Equals: (sign) => sign === 0,
  LessThan: (sign) => sign < 0,
  GreaterThan: (sign) => sign > 0,
  LessThanEquals: (sign) => sign <= 0,
  GreaterThanEquals: (sign) => sign >= 0,
};

/** Compiles a Choice rule; comparing a value that is not there fails with States.Runtime, as on AWS. */
export function compileChoice(rule: JsonObject, where: string): Test {
  const { Next: _, Comment: __, Variable, ...rest } = rule;
  const entries = Object.entries(rest);
  const [operator, operand] = entries[0] ?? ['', null];
  if (entries.length === 1 && Variable === undefined) {
    if (operator === 'And' || operator === 'Or') {
      const tests = (operand as readonly JsonObject[]).map((each) => compileInner(each, where));
      if (operator === 'And') return (data, context) => tests.every((test) => test(data, context));
      return (data, context) => tests.some((test) => test(data, context));
    }
    if (operator === 'Not' && isObject(operand)) {
      const inner = compileInner(operand, where);
      return (data, context) => !inner(data, context);
    }
  }
  if (entries.length !== 1 || typeof Variable !== 'string') {
    const construct = `the Choice rule ${JSON.stringify(rule)}`;
    throw new UnsupportedDefinitionError(where, construct, 'Give it a Variable and one test.');
  }
  return compileTest(Variable, operator, operand as Json, where);
}

function compileInner(rule: JsonObject, where: string): Test {
  if (rule.Next !== undefined) throw new Error(`${where}: a rule below And, Or or Not has no Next`);
  return compileChoice(rule, where);
}

function compileTest(variable: string, operator: string, operand: Json, where: string): Test {
  if (operator === 'IsPresent') {
    const isThere = compilePresence(variable);
    return (data, context) => isThere(data, context) === operand;
  }
  const read = compilePath(variable, 'Variable');
  const typeTest = typeTests[operator];
  if (typeTest !== undefined) return (data, context) => typeTest(read(data, context)) === operand;
  if (operator === 'StringMatches') {
    const fits = compileWildcard(String(operand));
    return (data, context) => {
      const value = read(data, context);
      return typeof value === 'string' && fits(value);
    };
  }
  const [, kind, order, path] = COMPARISON.exec(operator) ?? [];
  if (kind === undefined || order === undefined) {
    throw new UnsupportedDefinitionError(where, `the Choice operator '${operator}'`, 'Check its spelling.');
  }
  if (kind === 'Timestamp' && path === undefined && !isTimestamp(operand)) {
    throw new Error(`${where}: ${operator} ${JSON.stringify(operand)} must be like 2026-11-26T08:00:00Z`);
  }
  const expected = path === undefined ? () => operand : operandAt(String(operand), kind as Kind);
  return comparison(read, expected, kind as Kind, orders[order] as (sign: number) => boolean);
}

/** A value of another type does not match. */
function comparison(read: Read, expected: Read, kind: Kind, order: (sign: number) => boolean): Test {
  return (data, context) => {
    const value = read(data, context);
    if (!ofKind[kind](value)) return false;
    return order(compare(value, expected(data, context), kind));
  };
}

function operandAt(path: string, kind: Kind): Read {
  const read = compilePath(path, 'Variable');
  return (data, context) => {
    const value = read(data, context);
    if (ofKind[kind](value)) return value;
    throw runtimeError(`Path expression '${path}' evaluated to ${textOf(value)}, but expected a ${kind.toLowerCase()}`);
  };
}

function compare(left: Json, right: Json, kind: Kind): number {
  const [one, other] = kind === 'Timestamp' ? [Date.parse(String(left)), Date.parse(String(right))] : [left, right];
  if (one === other) return 0;
  return (one as number | string) < (other as number | string) ? -1 : 1;
}

function compilePresence(variable: string): Test {
  const { ofContext, keys } = parsePath(variable);
  return (data, context) => {
    let value: unknown = ofContext ? context : data;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
      value = (value as Record<string | number, unknown>)[key];
    }
    return value !== undefined;
  };
}
