import { describe, expect, it } from '@jest/globals';
import { each, type Shape, shaped } from '#embedded/shape.ts';

const members: Shape = {
  List: [{ Text: 'text' }],
  Map: { '*': 'any' },
  Time: 'time',
  Texts: { '*': 'text' },
  Number: 'number',
  Plain: 'plain',
  ...each('boolean', 'Flag'),
};

describe('the shape of a request', () => {
  it.each<[object, object]>([
    [{ Other: null }, { Other: null }],
    [{ List: null, Map: { a: null, b: 1 } }, { Map: { b: 1 } }],
    [{ List: [{ Text: null, Other: 1 }] }, { List: [{ Other: 1 }] }],
    [
      { List: '', Map: '' },
      { List: [], Map: {} },
    ],
    [{ Time: 1.5 }, { Time: 1.5 }],
    [{ Time: '2026-01-01T00:00:00Z' }, { Time: '2026-01-01T00:00:00Z' }],
    [{ Texts: { toString: 'a', constructor: 'b' } }, { Texts: { toString: 'a', constructor: 'b' } }],
    [
      { Number: 1, Flag: false, Plain: '1' },
      { Number: 1, Flag: false, Plain: '1' },
    ],
  ])('takes %j', (input, expected) => {
    expect(shaped(members, input)).toEqual(expected);
  });

  it.each<[object, string]>([
    [{ List: {} }, 'List must be a list.'],
    [{ List: [null] }, 'List[0] must be an object.'],
    [{ List: [{ Text: 1 }] }, 'List[0].Text must be a text.'],
    [{ Map: [] }, 'Map must be an object.'],
    [{ Time: 'soon' }, 'Time must be a time.'],
    [{ Time: ['2026-01-01'] }, 'Time must be a time.'],
    [{ Time: 1e300 }, 'Time must be a time.'],
    [{ Texts: { toString: 1 } }, 'Texts.toString must be a text.'],
    [{ Number: '1' }, 'Number must be a number.'],
    [{ Flag: 'true' }, 'Flag must be true or false.'],
    [{ Plain: [1] }, 'Plain must be no list and no object.'],
  ])('refuses %j', (input, message) => {
    expect(() => shaped(members, input)).toThrow(expect.objectContaining({ code: 'SerializationException', message }));
  });
});
