import { ownAnswerNames } from '#functions/trip/booking-answer.ts';
import { ownRequestNames } from '#functions/trip/booking-request.ts';
import { camelCase } from '#functions/trip/camel-case.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { ownRunFields } from '#functions/trip/run-input.ts';
import { ownRunTypes, runTypesOf } from '#functions/trip/run-types.ts';
import { keys, paymentItemType } from '#schema/table.ts';
import type { StateMachine } from './asl.ts';
import { withoutArticle } from './lint-called.ts';
import { takenStates } from './own-states.ts';
import { reservedWords } from './reserved-words.ts';

/** A value of a record that neither another leg nor the saga may have. */
interface Claim {
  readonly what: string;
  readonly value: string;
  readonly form?: readonly [RegExp, string];
}

/** What has a value: a leg, given by its file, or something else, given in words. */
export type Owners = Map<string, { readonly leg: string } | { readonly other: string }>;

const anything = [/^/, ''] as const;
const pascalCase = [/^[A-Z][A-Za-z0-9]*$/, 'is not in PascalCase'] as const;
/** `camelCase` of a request's field keeps an underscore before a digit. */
const snakeCase = [/^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$/, 'is not in snake_case'] as const;
/** `export default` would make an export of that name, which the bundler cannot import by it. */
const unreserved = [/^$/, 'is a word of JavaScript, so no record can be exported by it'] as const;
const lowercase = [/^[a-z][a-z0-9]*$/, 'is not of lowercase letters and digits'] as const;

/** A leg's name begins its sort key, so it must not begin the key of another item of the trip. */
const ownItems = [keys.booking(''), keys.payment('', '')].map(({ sk }) => sk.split('#')[0]?.toLowerCase() ?? '');

/** Names that every object has: a request without the leg, or a section without the field, would seem to have it. */
const ofObjects = Object.getOwnPropertyNames(Object.prototype);
const unitOf = (said: string): string => said.replace(/^-?[\d.]+ /, '');

const idOf = ({ what, value }: Pick<Claim, 'what' | 'value'>): string => `${what} ${value}`;

const claimsOf = ({
  name,
  called,
  itemType,
  fields,
  states,
  runTypeStem,
  source,
}: LegRecord): readonly (readonly Claim[])[] => [
  [{ what: 'name', value: name, form: reservedWords.has(name) ? unreserved : lowercase }],
  // The documents list the legs by it.
  [{ what: 'called', value: withoutArticle(called).toLowerCase(), form: anything }],
  [{ what: 'itemType', value: itemType, form: pascalCase }],
  ...Object.values(states).map((value) => [{ what: 'state', value, form: pascalCase }]),
  ...Object.keys(fields).map((value) => [{ what: 'field', value, form: snakeCase }]),
  // The document lists the prices without their legs, so the unit has to tell which is which.
  source.from === 'request'
    ? [{ what: 'price unit', value: unitOf(source.price.said), form: anything }]
    : // The state machine takes one seat, right before the leg.
      [{ what: 'source.from', value: source.from }],
  // One stem makes several of them: one sentence is enough.
  runTypesOf(runTypeStem).map((value) => ({ what: 'run type', value })),
];

/** The values that no leg may have. */
export function ownersOf({ States }: StateMachine, ownFunctions: Iterable<string>): Owners {
  const results = Object.values(States)
    .flatMap(({ ResultPath, Catch = [] }) => [ResultPath, ...Catch.map((catcher) => catcher.ResultPath)])
    .map((path) => /^\$\.(\w+)/.exec(path ?? '')?.[1] ?? '');
  const taken = (what: string, values: Iterable<string>, other: string) =>
    [...values].map((value) => [idOf({ what, value }), { other }] as const);
  return new Map([
    ...taken('called', ['payment'], 'the saga itself'),
    ...taken('field', ['pk', 'sk', 'type', 'id', 'transaction_status'], 'every item'),
    // What shows records takes it for the state of the booking.
    ...taken('field', ['status'], "the booking's own item"),
    ...taken('field', [...ownRunFields, ...results], 'the saga itself'),
    ...taken('itemType', [paymentItemType, 'Booking'], 'the saga itself'),
    ...taken('name', ofObjects, 'every object'),
    ...taken('name', ownItems, 'the saga itself'),
    ...taken('name', ownAnswerNames, "a booking's answer itself"),
    ...taken('name', ownRequestNames, 'the request itself'),
    ...taken('run type', ownRunTypes, 'the saga itself'),
    ...taken('state', ownFunctions, 'another function of the service'),
    ...taken('state', takenStates, 'the saga itself'),
  ]);
}

/** Says what of a record is taken or has the wrong form, and takes the rest for its file. @returns one sentence a violation, with the file */
export function claimProblems(leg: LegRecord, file: string, owners: Owners): string[] {
  const inherited = Object.keys(leg.fields).filter((field) => ofObjects.includes(camelCase(field)));
  const [form, rule] = pascalCase;
  return [
    ...claimsOf(leg).flatMap((claims) => claims.flatMap((claim) => refused(claim, file, owners)).slice(0, 1)),
    ...inherited.map((field) => `${file}: has the field ${field}, which every object has as ${camelCase(field)}`),
    ...(form.test(leg.runTypeStem) ? [] : [`${file}: has the runTypeStem "${leg.runTypeStem}", which ${rule}`]),
  ];
}

function refused(claim: Claim, file: string, owners: Owners): string[] {
  const { what, value, form: [form, rule] = [/./, ''] } = claim;
  const said = what === 'run type' ? `run type ${value} by its runTypeStem` : `${what} ${value}`;
  const owner = owners.get(idOf(claim));
  if (owner === undefined) {
    owners.set(idOf(claim), { leg: file });
    return form.test(value) ? [] : [`${file}: has the ${what} "${value}", which ${rule}`];
  }
  if ('other' in owner && what === 'called') return [`${file}: is called "${value}", as a part of ${owner.other} is`];
  if ('other' in owner) return [`${file}: has the ${said}, which ${owner.other} has`];
  if (owner.leg === file) return [`${file}: has the ${said} twice`];
  // One of two legs with the same name is in a folder of another name: `homeProblems` of lint-records.ts says so.
  return what === 'name' ? [] : [`${owner.leg} and ${file} both ${both(what, value)}`];
}

/** The sentence names both files, since either leg may be the new one. */
function both(what: string, value: string): string {
  const another = 'give one of them another';
  if (what === 'called') return `are called "${value}": ${another}`;
  if (what === 'run type') return `make the run type ${value} by their runTypeStem: ${another}`;
  if (what !== 'source.from') return `have the ${what} ${value}: ${another}`;
  return `have source.from '${value}': the state machine takes one seat, before one leg alone. Give the other one source.from 'request' and a price`;
}
