import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flight } from '#functions/flight/leg.ts';
import { allLegs } from '#functions/legs.ts';
import { ownAnswerNames } from '#functions/trip/booking-answer.ts';
import { ownRequestNames } from '#functions/trip/booking-request.ts';
import { type LegRecord, text } from '#functions/trip/define-leg.ts';
import { flat, perNight, perStartedDay } from '#functions/trip/prices.ts';
import { cruise } from '#test/support/cruise.ts';
import { fileOf, files, lint, priced, withField } from './record-problems.ts';

const period = { from: 'sails_at', to: 'lands_at', unit: 'a night at sea' } as const;
/** What is said of a cruise that differs so, in the folder `cruise`. */
const problemsOf = (difference: Partial<LegRecord>): string[] => {
  const leg = { ...cruise, ...difference };
  return lint([...allLegs, leg], [...files, fileOf(leg, 'cruise')]);
};
it('finds no problem in the legs, nor in another one that is right', () => {
  expect(lint(allLegs, files)).toEqual([]);
  expect(problemsOf({})).toEqual([]);
});

describe('each fault is one sentence with its file and its field', () => {
  const states = cruise.states;
  it.each<[string, Partial<LegRecord>]>([
    ['identity is empty: it takes the fields that the id is derived from', { identity: [] }],
    ['identity has ship twice', { identity: ['ship', 'ship'] }],
    ['called is empty', { called: '' }],
    ['demo.ship is "": it must have at least 1 character', { demo: { ...cruise.demo, ship: '' } }],
    [
      'demo.sails_at is "soon": it must be a date and time such as 2026-07-10T12:00:00Z',
      { demo: { ...cruise.demo, sails_at: 'soon' } },
    ],
    [
      'fields.sails_at takes any text, and demo.sails_at is a time: make it time()',
      { fields: { ...cruise.fields, sails_at: text() } },
    ],

    ['has the itemType Booking, which the saga itself has', { itemType: 'Booking' }],
    ['has the itemType Payment, which the saga itself has', { itemType: 'Payment' }],
    ['has the itemType "cruise ship", which is not in PascalCase', { itemType: 'cruise ship' }],

    ['has the field constructor, which every object has as constructor', withField('constructor')],
    ['has the field value_of, which every object has as valueOf', withField('value_of')],
    ['has the name constructor, which every object has', { name: 'constructor' }],
    ['has the field "cabinClass", which is not in snake_case', withField('cabinClass')],
    ['has the field "Cabin", which is not in snake_case', withField('Cabin')],
    ['has the field "cabin_2", which is not in snake_case', withField('cabin_2')],
    ...['trip_id', 'customer', 'amount', 'run_type', 'action', 'payment_id', 'opened_at', 'fence'].map(
      (field): [string, Partial<LegRecord>] => [`has the field ${field}, which the saga itself has`, withField(field)],
    ),
    ...['type', 'id', 'pk', 'transaction_status'].map((field): [string, Partial<LegRecord>] => [
      `has the field ${field}, which every item has`,
      withField(field),
    ]),

    ...['id', 'outboundFlightId', 'paymentToken', 'runType', 'cancelFailureRate'].map(
      (name): [string, Partial<LegRecord>] => [`has the name ${name}, which the request itself has`, { name }],
    ),
    ...['status', 'customer', 'price'].map((name): [string, Partial<LegRecord>] => [
      `has the name ${name}, which a booking's answer itself has`,
      { name },
    ]),
    ...['payment', 'booking'].map((name): [string, Partial<LegRecord>] => [
      `has the name ${name}, which the saga itself has`,
      { name },
    ]),
    ['has the name "default", which is a word of JavaScript, so no record can be exported by it', { name: 'default' }],
    ['has the name "new", which is a word of JavaScript, so no record can be exported by it', { name: 'new' }],
    ['has the name "Cruise", which is not of lowercase letters and digits', { name: 'Cruise' }],
    ['has the name "seaCruise", which is not of lowercase letters and digits', { name: 'seaCruise' }],

    ['has the run type failPayment by its runTypeStem, which the saga itself has', { runTypeStem: 'Payment' }],
    [
      'has the run type failBookingConfirmation by its runTypeStem, which the saga itself has',
      { runTypeStem: 'Booking' },
    ],
    [
      'has the run type failNotification by its runTypeStem, which the saga itself has',
      { runTypeStem: 'Notification' },
    ],
    ['has the runTypeStem "cruise", which is not in PascalCase', { runTypeStem: 'cruise' }],

    ['is called "payment", as a part of the saga itself is', { called: 'a payment' }],
    ['has the state TakePayment, which the saga itself has', { states: { ...states, reserve: 'TakePayment' } }],
    ...['PeelBack', 'RouteAction', 'ReserveSeat', 'ReleaseSeat', 'SendToDeadLetterQueue', 'RejectInput'].map(
      (cancel): [string, Partial<LegRecord>] => [
        `has the state ${cancel}, which the saga itself has`,
        { states: { ...states, cancel } },
      ],
    ),
    ['has the state ReserveCruise twice', { states: { ...states, confirm: 'ReserveCruise' } }],
    [
      'has the state "reserve-cruise", which is not in PascalCase',
      { states: { ...states, reserve: 'reserve-cruise' } },
    ],

    [
      'source.price is "-5.00 a night at sea": a price is of whole units, and not negative',
      priced(perNight(-5, period)),
    ],
    [
      'source.price is "25.50 a night at sea": a price is of whole units, and not negative',
      priced(perNight(25.5, period)),
    ],
    [
      "source.price makes 20.002 of the demo's trip: a price is of whole units, and not negative",
      priced(perNight(10.001, period)),
    ],
    [
      "source.price makes -1 of the demo's trip: a price is of whole units, and not negative",
      priced({
        said: 'less the more there are',
        of: () => -1,
      }),
    ],
    ['source.price.said is empty', priced({ said: '', of: () => 1 })],
    ...['10.00', '10.00 ', '10.00 cabin', 'by the mile ', '10.00 a cabin|bed', '10.00 a  cabin'].map(
      (said): [string, Partial<LegRecord>] => [
        `source.price.said is "${said}": it is the amount and the unit with its article, as in "25.00 an excursion"`,
        priced({ said, of: () => 1 }),
      ],
    ),
    ['source.price.said is "10.00 a excursion": the article of its unit is "an"', priced(flat(10, 'a excursion'))],
    ['source.price.said is "10.00 an cabin": the article of its unit is "a"', priced(flat(10, 'an cabin'))],
    [
      "source.price fails for the demo's trip: no such ship",
      priced({
        said: '1.00 a ship',
        of: () => {
          throw new Error('no such ship');
        },
      }),
    ],
    [
      "source.price refuses the demo's trip: demo.sails_at must be after demo.lands_at, and at most 365 days",
      priced(perStartedDay(1, { from: 'lands_at', to: 'sails_at', unit: 'a day at sea' })),
    ],
  ])('%s', (problem, difference) => {
    expect(problemsOf(difference)).toEqual([`functions/cruise/leg.ts: ${problem}`]);
  });
});

describe("the values of a leg of the flight's", () => {
  const values = flight.demo;
  const { arrive_at: _, ...withoutArrival } = values;
  it.each<[string, Record<string, string>]>([
    [
      'source.valuesOf makes hotel, which is none of its fields: depart, depart_at, arrive, arrive_at',
      { ...values, hotel: 'x' },
    ],
    ['source.valuesOf does not make arrive_at', withoutArrival],
    ['source.valuesOf makes "" of depart: it must have at least 1 character', { ...values, depart: '' }],
    [
      `source.valuesOf makes "Madrid" of depart for the demo's flight, and demo.depart is "${values.depart}": both are of one trip`,
      { ...values, depart: 'Madrid' },
    ],
    [
      `source.valuesOf makes "Madrid" of depart_at for the demo's flight, and demo.depart_at is "${values.depart_at}": both are of one trip`,
      { ...values, depart_at: 'Madrid' },
    ],
  ])('%s', (problem, made) => {
    const changed: LegRecord = { ...flight, source: { from: 'flight', valuesOf: () => made } };
    const legs = allLegs.map((leg) => (leg.name === flight.name ? changed : leg));
    expect(
      lint(
        legs,
        legs.map((leg) => fileOf(leg)),
      ),
    ).toEqual([`functions/flight/leg.ts: ${problem}`]);
  });
});

it('docs/leg-record.md names all that a request and an answer have themselves', () => {
  const page = readFileSync('docs/leg-record.md', 'utf8');
  const ofAnswer = ownAnswerNames.filter((name) => name === name.toLowerCase());
  expect([...ownRequestNames, ...ofAnswer].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
