import { describe, expect, it } from '@jest/globals';
import conditionParser from 'dynalite/db/conditionParser.js';
import type { AttributeValue } from 'dynalite/db/index.js';
import projectionParser from 'dynalite/db/projectionParser.js';
import updateParser from 'dynalite/db/updateParser.js';
import { type Parse, remembering } from '#embedded/dynamodb/parsed-expressions.ts';
import { conditionCases, refusedConditions } from '../../contract/dynamodb/conditions.ts';
import { updateCases } from '../../contract/dynamodb/updates.ts';
import { wireItem } from '../../contract/dynamodb/values.ts';

type Values = Record<string, AttributeValue>;

/** As dynalite's validations call a parser; with a name and a value that no expression of these tests uses. */
function request(values: Values, names: Record<string, string> = {}) {
  const attrNames = { ...names, '#unused': 'unused' };
  const attrVals = { ...values, ':unused': { S: 'unused' } };
  const all = (of: object) => Object.fromEntries(Object.keys(of).map((name) => [name, true]));
  const context = {
    attrNames,
    attrVals,
    unusedAttrNames: all(attrNames),
    unusedAttrVals: all(attrVals),
    isReserved: (name: string) => name.toUpperCase() === 'STATUS',
    compare: () => false,
  };
  return { context };
}

/** The tree, and what the parser left as unused; or its refusal. */
function answerOf(parse: Parse, text: string, values: Values) {
  const asked = request(values);
  const { unusedAttrNames, unusedAttrVals } = asked.context;
  try {
    return { tree: parse(text, asked), unusedAttrNames, unusedAttrVals };
  } catch (error) {
    return { refusal: (error as Error).message, unusedAttrNames, unusedAttrVals };
  }
}

/** Another value of the same type. */
function other(value: AttributeValue): AttributeValue {
  if (value.S !== undefined) return { S: `${value.S}, else` };
  if (value.N !== undefined) return { N: String(Number(value.N) + 1) };
  return value;
}

function counting(parse: Parse): { readonly parse: Parse; readonly calls: () => number } {
  let calls = 0;
  return {
    parse: (text, options) => {
      calls += 1;
      return parse(text, options);
    },
    calls: () => calls,
  };
}

const parse = conditionParser.parse;

describe('an expression parsed before', () => {
  const cases = [
    ...[...conditionCases, ...refusedConditions].map(({ condition, values }) => ({
      text: condition,
      values,
      of: conditionParser.parse,
    })),
    ...updateCases.map(({ update, values }) => ({ text: update, values, of: updateParser.parse })),
    ...['a', 'a, b.c[1]', 'a, a', '#unused'].map((text) => ({ text, values: undefined, of: projectionParser.parse })),
  ];

  it.each(cases)(
    '$text has the answer of a fresh parser, with its own and with other values',
    ({ text, values, of }) => {
      const given = wireItem(values ?? {}) as Values;
      const changed = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, other(value)]));
      const remembered = remembering(of);
      answerOf(remembered, text, given);

      expect(answerOf(remembered, text, given)).toEqual(answerOf(of, text, given));
      expect(answerOf(remembered, text, changed)).toEqual(answerOf(of, text, changed));
    },
  );
});

describe('parsed expressions', () => {
  it('are parsed once for all values of a type', () => {
    const counted = counting(parse);
    const remembered = remembering(counted.parse);

    remembered('a = :v', request({ ':v': { S: 'x' } }));
    remembered('a = :v', request({ ':v': { S: 'y' } }));

    expect(counted.calls()).toBe(1);
  });

  it('are parsed anew for a value of another type, another name, and where values decide', () => {
    const counted = counting(parse);
    const remembered = remembering(counted.parse);

    remembered('#a = :v', request({ ':v': { S: 'x' } }, { '#a': 'a' }));
    remembered('#a = :v', request({ ':v': { N: '1' } }, { '#a': 'a' }));
    remembered('#a = :v', request({ ':v': { S: 'x' } }, { '#a': 'b' }));
    remembered('a BETWEEN :v AND :w', request({ ':v': { S: 'x' }, ':w': { S: 'y' } }));
    remembered('a BETWEEN :v AND :w', request({ ':v': { S: 'x' }, ':w': { S: 'y' } }));

    expect(counted.calls()).toBe(5);
  });

  it('are refused every time', () => {
    const remembered = remembering(parse);

    expect(remembered('a = :missing', request({}))).toMatch(':missing');
    expect(remembered('a = :missing', request({}))).toMatch(':missing');
    expect(() => remembered('a = =', request({}))).toThrow('Expected');
    expect(() => remembered('a = =', request({}))).toThrow('Expected');
  });

  it('are not changed by who changes a tree', () => {
    const remembered = remembering(parse);
    const ask = () => remembered('a = :v', request({ ':v': { S: 'x' } })) as { expression: { args: unknown[] } };

    ask().expression.args.pop();
    ask().expression.args.pop();

    expect(ask().expression.args).toHaveLength(2);
  });

  it('give their request’s own value objects', () => {
    const remembered = remembering(parse);
    const value = { S: 'x' };
    remembered('a = :v', request({ ':v': { S: 'y' } }));

    const { expression } = remembered('a = :v', request({ ':v': value })) as { expression: { args: unknown[] } };

    expect(expression.args[1]).toBe(value);
  });
});
