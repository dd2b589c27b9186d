import { describe, expect, it } from '@jest/globals';
import { compilePattern, InvalidPatternError } from '#embedded/events/pattern.ts';

/** [what, pattern, events that match, events that do not] */
const rules: [string, unknown, unknown[], unknown[]][] = [
  ['exact strings', { source: ['a', 'b'] }, [{ source: 'a' }, { source: 'b' }], [{ source: 'A' }, {}, { source: 1 }]],
  [
    'numbers, booleans and null',
    { v: [1, true, null] },
    [{ v: 1.0 }, { v: true }, { v: null }],
    [{ v: '1' }, {}, { v: false }],
  ],
  ['all fields at once', { a: ['1'], b: ['2'] }, [{ a: '1', b: '2' }], [{ a: '1' }, { a: '1', b: '3' }]],
  [
    'nested fields',
    { detail: { status: ['FAILED'] } },
    [{ detail: { status: 'FAILED' } }],
    [{ detail: {} }, { status: 'FAILED' }, { detail: 'FAILED' }],
  ],
  ['a list’s elements', { resources: ['x'] }, [{ resources: ['y', 'x'] }], [{ resources: ['y'] }, { resources: [] }]],
  [
    'objects in a list one by one',
    { l: { a: [1], b: [2] } },
    [{ l: [{ a: 0 }, { a: 1, b: 2 }] }],
    [{ l: [{ a: 1 }, { b: 2 }] }],
  ],
  ['prefix', { v: [{ prefix: 'ab' }] }, [{ v: 'abc' }], [{ v: 'cab' }, { v: 1 }, {}]],
  ['prefix in any case', { v: [{ prefix: { 'equals-ignore-case': 'Ab' } }] }, [{ v: 'aBc' }], [{ v: 'cab' }]],
  ['suffix', { v: [{ suffix: 'bc' }] }, [{ v: 'abc' }], [{ v: 'bca' }]],
  ['equals-ignore-case', { v: [{ 'equals-ignore-case': 'AbC' }] }, [{ v: 'aBc' }], [{ v: 'abcd' }]],
  ['wildcard', { v: [{ wildcard: 'a*c.*' }] }, [{ v: 'ac.' }, { v: 'abbc.d' }], [{ v: 'abcd' }, { v: 'xac.' }]],
  ['wildcard with an escaped star', { v: [{ wildcard: 'a\\*b*' }] }, [{ v: 'a*bc' }], [{ v: 'axb' }]],
  [
    'cidr',
    { ip: [{ cidr: '10.0.0.0/24' }, { cidr: '2001:db8::/32' }] },
    [{ ip: '10.0.0.9' }, { ip: '2001:db8::1' }],
    [{ ip: '10.0.1.0' }, { ip: 'x' }],
  ],
  ['numeric range', { v: [{ numeric: ['>', 0, '<=', 5] }] }, [{ v: 0.5 }, { v: 5 }], [{ v: 0 }, { v: 6 }, { v: '3' }]],
  ['numeric equality', { v: [{ numeric: ['=', 3.0] }] }, [{ v: 3 }], [{ v: 4 }]],
  ['exists', { v: [{ exists: true }] }, [{ v: null }, { v: '' }], [{}, { v: { a: 1 } }]],
  ['not exists', { d: { v: [{ exists: false }] } }, [{}, { d: {} }, { d: { w: 1 } }], [{ d: { v: 1 } }]],
  ['absence or a value', { v: [{ exists: false }, 'a'] }, [{}, { v: 'a' }], [{ v: 'b' }]],
  ['anything-but', { v: [{ 'anything-but': ['a', 1] }] }, [{ v: 'b' }, { v: 2 }], [{ v: 'a' }, { v: 1 }, {}]],
  ['anything-but one', { v: [{ 'anything-but': 'a' }] }, [{ v: 'b' }], [{ v: 'a' }]],
  [
    'anything-but prefix',
    { v: [{ 'anything-but': { prefix: ['a', 'b'] } }] },
    [{ v: 'c' }],
    [{ v: 'ax' }, { v: 'bx' }],
  ],
  ['anything-but suffix', { v: [{ 'anything-but': { suffix: 'x' } }] }, [{ v: 'xa' }], [{ v: 'ax' }]],
  ['anything-but wildcard', { v: [{ 'anything-but': { wildcard: 'a*b' } }] }, [{ v: 'ac' }], [{ v: 'axb' }]],
  [
    'anything-but in any case',
    { v: [{ 'anything-but': { 'equals-ignore-case': ['A'] } }] },
    [{ v: 'b' }],
    [{ v: 'a' }],
  ],
  [
    '$or beside a field',
    { s: ['x'], $or: [{ a: [1] }, { b: { c: [2] } }] },
    [
      { s: 'x', a: 1 },
      { s: 'x', b: { c: 2 } },
    ],
    [{ s: 'x' }, { a: 1 }],
  ],
  [
    'a path whose keys are joined by dots, and a key that has dots itself',
    { 'detail.state': ['running'], 'a.b.c': [{ exists: true }] },
    [
      { detail: { state: 'running' }, a: { b: [{ c: 1 }] } },
      { 'detail.state': 'running', 'a.b': { c: 1 } },
    ],
    [{ detail: { state: 'stopped' }, a: { b: { c: 1 } } }, { detail: { state: 'running' } }],
  ],
  [
    'nested fields of an event whose keys are paths',
    { detail: { state: { status: ['running'] } } },
    [{ detail: { 'state.status': 'running' } }, { 'detail.state': { status: 'running' } }],
    [{ detail: { 'state.status': 'stopped' } }, { detail: { 'state.other': 'running' } }],
  ],
  ['anything but an empty wildcard', { a: [{ 'anything-but': { wildcard: '' } }] }, [{ a: 'x' }], [{ a: '' }, {}]],
  [
    'what every object inherits',
    { d: { constructor: [{ exists: false }] } },
    [{ d: {} }],
    [{ d: { constructor: 'x' } }],
  ],
];

describe('an event pattern', () => {
  it.each(rules)('matches %s', (_what, pattern, matching, others) => {
    const matches = compilePattern(JSON.stringify(pattern));

    expect(matching.filter((event) => !matches(event))).toEqual([]);
    expect(others.filter((event) => matches(event))).toEqual([]);
  });

  it.each([
    ['an unknown operator', { a: [{ 'starts-with': 'x' }] }, 'event pattern.a[0]: unknown operator "starts-with"'],
    [
      'an unknown operator below $or',
      { $or: [{ a: [1] }, { b: [{ like: 1 }] }] },
      'event pattern.$or[1].b[0]: unknown operator',
    ],
    ['two operators in one', { a: [{ prefix: 'x', suffix: 'y' }] }, 'one operator is expected'],
    ['a bare value', { a: { b: 'x' } }, 'event pattern.a.b: must be a list or an object'],
    ['an empty list', { a: [] }, 'an empty list is not allowed'],
    ['an empty object', {}, 'an empty object is not allowed'],
    ['$or of one', { $or: [{ a: [1] }] }, 'at least two'],
    ['numeric without a number', { a: [{ numeric: ['>', '1'] }] }, 'numeric has no comparison'],
    ['numeric with half a range', { a: [{ numeric: ['>', 1, '<'] }] }, 'numeric takes one or two comparisons'],
    ['prefix with a number', { a: [{ prefix: 1 }] }, 'a string is expected'],
    ['exists with a string', { a: [{ exists: 'yes' }] }, 'exists takes true or false'],
    ['anything-but with exists', { a: [{ 'anything-but': { exists: true } }] }, 'anything-but does not take'],
    ['anything-but with null', { a: [{ 'anything-but': null }] }, 'anything-but does not take null'],
    ['anything-but with a list that has null', { a: [{ 'anything-but': ['x', null] }] }, 'does not take null'],
    ['anything-but with an empty prefix', { a: [{ 'anything-but': { prefix: '' } }] }, 'may not be empty'],
    ['anything-but with an empty suffix', { a: [{ 'anything-but': { suffix: '' } }] }, 'may not be empty'],
    [
      'anything-but with a prefix in any case',
      { a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }] },
      'a string is expected',
    ],
    ['numeric with two lower bounds', { a: [{ numeric: ['>', 0, '>', 0] }] }, 'numeric has no comparison'],
    ['numeric with the upper bound first', { a: [{ numeric: ['<', 5, '>', 0] }] }, 'numeric has no comparison'],
    ['numeric with an empty range', { a: [{ numeric: ['>', 5, '<', 5] }] }, 'numeric has no comparison'],
    ['numeric beyond five billion', { a: [{ numeric: ['<', 5_000_000_001] }] }, 'takes -5000000000 to 5000000000'],
    ['two stars in a row', { a: [{ wildcard: 'x**' }] }, 'two * in a row'],
    ['no network', { a: [{ cidr: '10.0.0.0' }] }, 'is not a network'],
    ['a list', [], 'must be a JSON object'],
  ])('is refused for %s', (_what, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
    expect(() => compilePattern(pattern)).toThrow(InvalidPatternError);
  });

  it('is refused when it is not JSON', () => {
    expect(() => compilePattern('{"a":', 'rule r')).toThrow('rule r: is not JSON');
  });
});
