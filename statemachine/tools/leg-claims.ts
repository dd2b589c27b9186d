import { ownRequestNames } from '#functions/trip/booking-request.ts';
import { camelCase } from '#functions/trip/camel-case.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { ownRunFields } from '#functions/trip/run-input.ts';
import { ownRunTypes, runTypesOf } from '#functions/trip/run-types.ts';
import { keys, paymentItemType } from '#schema/table.ts';
import type { StateMachine } from './asl.ts';

/** What a record calls its own: no other leg may have it, nor the saga. */
interface Claim {
  readonly what: string;
  readonly value: string;
  readonly form?: readonly [RegExp, string];
}

/** Whose a value is: a leg's file, or words. */
export type Owners = Map<string, string>;

const anything = [/^/, ''] as const;
const pascalCase = [/^[A-Z][A-Za-z0-9]*$/, 'is not in PascalCase'] as const;
/** A digit behind an underscore would keep it in the request's camelCase. */
const snakeCase = [/^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$/, 'is not in snake_case'] as const;
const lowercase = [/^[a-z][a-z0-9]*$/, 'is not of lowercase letters and digits'] as const;

/** Beginnings of the sort keys in a trip's partition that no leg has. */
const ownItems = [keys.booking(''), keys.payment('', '')].map(({ sk }) => sk.split('#')[0]?.toLowerCase() ?? '');

/** Names that every object has: a request without the leg, or a section without the field, would seem to have it. */
const ofObjects = Object.getOwnPropertyNames(Object.prototype);
const unitOf = (said: string): string => said.replace(/^-?[\d.]+ /, '');

const idOf = ({ what, value }: Pick<Claim, 'what' | 'value'>): string => `${what} ${value}`;

const claimsOf = ({
  name,
  itemType,
  fields,
  states,
  runTypeStem,
  source,
}: LegRecord): readonly (readonly Claim[])[] => [
  [{ what: 'name', value: name, form: lowercase }],
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

/** What is taken before the first leg. */
export function ownersOf({ States }: StateMachine, ownFunctions: Iterable<string>): Owners {
  const results = Object.values(States)
    .flatMap(({ ResultPath, Catch = [] }) => [ResultPath, ...Catch.map((catcher) => catcher.ResultPath)])
    .map((path) => /^\$\.(\w+)/.exec(path ?? '')?.[1] ?? '');
  const taken = (what: string, values: Iterable<string>, owner: string) =>
    [...values].map((value): [string, string] => [idOf({ what, value }), owner]);
  return new Map([
    ...taken('field', ['pk', 'sk', 'type', 'id', 'transaction_status'], 'every item'),
    ...taken('field', [...ownRunFields, ...results], 'the saga itself'),
    ...taken('itemType', [paymentItemType, 'Booking'], 'the saga itself'),
    ...taken('name', ofObjects, 'every object'),
    ...taken('name', ownItems, 'the saga itself'),
    ...taken('name', ownRequestNames, 'the request itself'),
    ...taken('run type', ownRunTypes, 'the saga itself'),
    ...taken('state', ownFunctions, 'the saga itself'),
  ]);
}

/** Says what of a record is taken or has the wrong form, and takes the rest for its file. */
export function claimProblems(leg: LegRecord, file: string, owners: Owners): string[] {
  const problems = claimsOf(leg).flatMap((claims) =>
    claims.flatMap((claim) => refused(claim, file, owners)).slice(0, 1),
  );
  const inherited = Object.keys(leg.fields).filter((field) => ofObjects.includes(camelCase(field)));
  problems.push(...inherited.map((field) => `has the field ${field}, which every object has as ${camelCase(field)}`));
  const [form, rule] = pascalCase;
  if (!form.test(leg.runTypeStem)) problems.push(`has the runTypeStem "${leg.runTypeStem}", which ${rule}`);
  return problems;
}

function refused(claim: Claim, file: string, owners: Owners): string[] {
  const { what, value, form: [form, rule] = [/./, ''] } = claim;
  const said = what === 'run type' ? `run type ${value} by its runTypeStem` : `${what} ${value}`;
  const owner = owners.get(idOf(claim));
  if (owner === file) return [`has the ${said} twice`];
  if (owner !== undefined) return [`has the ${said}, which ${owner} has`];
  owners.set(idOf(claim), file);
  return form.test(value) ? [] : [`has the ${what} "${value}", which ${rule}`];
}
