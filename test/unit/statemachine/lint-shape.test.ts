import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { allLegs } from '#functions/legs.ts';
import { text } from '#functions/trip/define-leg.ts';
import { cruise } from '#test/support/cruise.ts';
import { shapeProblems } from '../../../statemachine/tools/lint-shape.ts';

it('finds no problem in the legs', () => {
  expect([...allLegs, cruise].flatMap(shapeProblems)).toEqual([]);
});

/** As an author writes it whose editor shows no types. */
const without = (property: keyof typeof cruise): object => {
  const { [property]: _, ...rest } = cruise;
  return rest;
};

describe('names what is missing, misspelled or of another kind', () => {
  const { ship: _, ...demoWithoutShip } = cruise.demo;
  const optional =
    'fields.ship is optional, and no field of a leg may be: what a customer may leave out is the leg as a whole';
  const empty = 'fields.ship takes an empty text, from which no id is derived: use text() or time()';
  const { confirm: __, ...statesWithoutConfirm } = cruise.states;
  it.each<[string[], unknown]>([
    ...(Object.keys(cruise) as (keyof typeof cruise)[]).map((property): [string[], unknown] => [
      [`${property} is missing`],
      without(property),
    ]),
    [['called is missing', 'caled is unknown here'], { ...without('called'), caled: 'a cruise' }],
    [['colour is unknown here', 'size is unknown here'], { ...cruise, colour: 'red', size: 'XL' }],
    [['called must be a string'], { ...cruise, called: 5 }],
    [['states.confirm is missing'], { ...cruise, states: statesWithoutConfirm }],
    [['states.undo is unknown here'], { ...cruise, states: { ...cruise.states, undo: 'UndoCruise' } }],
    [['fields is empty: a leg has at least one'], { ...cruise, fields: {} }],
    [['fields.ship must be text() or time()'], { ...cruise, fields: { ...cruise.fields, ship: text } }],
    [['identity has shipp, which is none of its fields: ship, sails_at, lands_at'], { ...cruise, identity: ['shipp'] }],
    [['source.from must be one of request, flight'], { ...cruise, source: { ...cruise.source, from: 'requst' } }],
    [['source.price is missing'], { ...cruise, source: { from: 'request' } }],
    [['source.valuesOf must be a function'], { ...cruise, source: { from: 'flight', valuesOf: {} } }],
    [['demo.ship is missing'], { ...cruise, demo: demoWithoutShip }],
    [
      ['demo has sail, which is none of its fields: ship, sails_at, lands_at'],
      { ...cruise, demo: { ...cruise.demo, sail: 'x' } },
    ],
    [[optional], { ...cruise, fields: { ...cruise.fields, ship: { ...text(), run: z.optional(text().run) } } }],
    [[optional], { ...cruise, fields: { ...cruise.fields, ship: { ...text(), request: z.optional(z.string()) } } }],
    [[empty], { ...cruise, fields: { ...cruise.fields, ship: { ...text(), run: z.string() } } }],
    [[empty], { ...cruise, fields: { ...cruise.fields, ship: { ...text(), request: z.string() } } }],
    [
      [
        "source.price is not for source.from 'flight', whose price is the ticket: a leg with a price of its own has source.from 'request'",
      ],
      { ...cruise, source: { ...cruise.source, from: 'flight' } },
    ],
    [
      [
        "source.valuesOf is not for source.from 'request': a customer's request gives the values, and source.price says what they cost",
      ],
      { ...cruise, source: { from: 'request', valuesOf: () => ({}) } },
    ],
    [['demo.ship must be a string'], { ...cruise, demo: { ...cruise.demo, ship: 2 } }],
    [['the record must be an object'], 'cruise'],
  ])('%j', (problems, record) => {
    expect(shapeProblems(record)).toEqual(problems);
  });
});
