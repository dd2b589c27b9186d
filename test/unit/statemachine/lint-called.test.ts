import { expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { cruise } from '#test/support/cruise.ts';
import { calledProblems } from '../../../statemachine/tools/lint-called.ts';

it.each([
  ...[...allLegs, cruise].map(({ called }) => called),
  'travel insurance',
  'an excursion',
  'an hour at the spa',
  'a university tour',
  'a European rail pass',
  'a one-way transfer',
  'an SUV',
  'an X-ray',
  'an x-ray',
  "a traveller's cheque",
])('"%s" reads well', (called) => {
  expect(calledProblems(called)).toEqual([]);
});

const form =
  'sentences say "a booking of …", so it is a noun behind "a" or "an", or one that takes no article, such as travel insurance';
it.each([
  ['', 'called is empty'],
  [' ', 'called is empty'],
  ['a insurance', 'called is "a insurance": its article is "an"'],
  ['a hour at the spa', 'called is "a hour at the spa": its article is "an"'],
  ['an hotel', 'called is "an hotel": its article is "a"'],
  ['an university tour', 'called is "an university tour": its article is "a"'],
  ['an union ticket', 'called is "an union ticket": its article is "a"'],
  ['an one-day pass', 'called is "an one-day pass": its article is "a"'],
  ['a X-ray', 'called is "a X-ray": its article is "an"'],
  ['a 3-day pass', 'called is "a 3-day pass": it begins with a letter, as in "a two-day pass"'],
  ['an car', 'called is "an car": its article is "a"'],
  ['a', `called is "a": ${form}`],
  ['an ', `called is "an ": ${form}`],
  ['A hotel', `called is "A hotel": ${form}`],
  ['Hotel', `called is "Hotel": ${form}`],
  ['the hotel', `called is "the hotel": ${form}`],
  ['a hotel ', `called is "a hotel ": ${form}`],
  ['a  hotel', `called is "a  hotel": ${form}`],
  ['a hotel.', `called is "a hotel.": ${form}`],
  ['a hotel, a spa', `called is "a hotel, a spa": ${form}`],
  ['a hotel|spa', `called is "a hotel|spa": ${form}`],
])('"%s" does not', (called, problem) => {
  expect(calledProblems(called)).toEqual([problem]);
});
