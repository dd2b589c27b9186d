import { allLegs } from '#functions/legs.ts';
import { readSaga, type StateMachine } from '../../../statemachine/tools/asl.ts';
import { forwardOrderOf, layers } from '../../../statemachine/tools/layers.ts';

type Json = { [field: string]: unknown };
type Path = readonly (string | number)[];

/** A change of one part of the state machine that a hand could make, and the state that it is in. */
export interface Mutant {
  readonly said: string;
  readonly state: string;
  /** Made when it is asked for: there are thousands, and few are tried by default. */
  readonly machine: () => StateMachine;
}

const saga = readSaga() as unknown as { readonly States: Readonly<Record<string, Json>> };
const names = Object.keys(saga.States);
const forward = forwardOrderOf(allLegs);
const backward = layers.map(({ compensation }) => compensation);

const partOf = (value: unknown, path: Path): unknown =>
  path.reduce((part, key) => (part as Record<string | number, unknown>)[key], value);

/** @param change gets what holds the part, and the part's place in it */
function mutant(said: string, path: Path, change: (holder: Json, key: string) => void): Mutant {
  return {
    said: `${path.join('.')}: ${said}`,
    state: String(path[0]),
    machine() {
      const machine = structuredClone(saga);
      change(partOf(machine.States, path.slice(0, -1)) as Json, String(path.at(-1)));
      return machine as unknown as StateMachine;
    },
  };
}

const without = (path: Path): Mutant =>
  mutant('left out', path, (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  });

const changed = (path: Path, value: unknown): Mutant =>
  mutant(`is ${JSON.stringify(value)}`, path, (holder, key) => {
    holder[key] = value;
  });

const isEqual = (path: Path, value: unknown): boolean =>
  JSON.stringify(partOf(saga.States, path)) === JSON.stringify(value);

const changedTo = (path: Path, values: readonly unknown[]): Mutant[] =>
  values.filter((value) => !isEqual(path, value)).map((value) => changed(path, value));

const inserted = (path: Path, value: unknown): Mutant =>
  mutant(`gets ${JSON.stringify(value)}`, path, (holder, key) => {
    (holder as unknown as unknown[]).splice(Number(key), 0, value);
  });

const paths = [null, '$', '$.x', ...backward.map((name) => `$.failedLayers.${name}`)];
const resources = Object.values(saga.States).flatMap(({ Resource }) => (Resource === undefined ? [] : [Resource]));
/** A retrier that would decide before those that are there. */
const furtherRetriers = [
  { ErrorEquals: ['States.Timeout'], MaxAttempts: 0 },
  { ErrorEquals: ['ReservationNotFoundError'], IntervalSeconds: 1, MaxAttempts: 9, BackoffRate: 1 },
];
/** The fields of a Task that no state of the saga has, or only one that calls a service. */
const furtherFields = { InputPath: '$', OutputPath: '$', ResultSelector: {}, HeartbeatSeconds: 5, End: true };
const isIntegration = (name: string): boolean => String(saga.States[name]?.Resource).startsWith('arn:');
const isComment = (field: string): boolean => field === 'Comment';

/** All changes of the fields, catchers and retriers of one step. */
function ofStep(name: string): Mutant[] {
  const state = saga.States[name] as Json;
  const catchers = (state.Catch ?? []) as readonly Json[];
  const retriers = state.Retry as readonly Json[];
  const takesParameters = isIntegration(name) || name === 'ReserveBooking';
  return [
    ...Object.keys(state).flatMap((field) => (isComment(field) ? [] : [without([name, field])])),
    ...Object.entries(furtherFields).map(([field, value]) => changed([name, field], value)),
    ...(takesParameters ? [] : [changed([name, 'Parameters'], {})]),
    ...changedTo([name, 'Type'], ['Pass', 'Succeed']),
    ...changedTo([name, 'ResultPath'], paths),
    ...changedTo([name, 'Next'], names),
    ...changedTo([name, 'TimeoutSeconds'], [0, 10, 14, 16, 900]),
    ...changedTo([name, 'Resource'], resources),
    ...changedTo([name, 'Resource'], [`${state.Resource}x`, `x${state.Resource}`, 'arn:aws:states:::sns:publish']),
    ...(catchers.length > 0 ? [changed([name, 'Catch'], [])] : []),
    ...changedTo([name, 'Retry'], [[]]),
    ...catchers.flatMap((catcher, at) => [
      ...Object.keys(catcher).flatMap((field) => (isComment(field) ? [] : [without([name, 'Catch', at, field])])),
      ...changedTo([name, 'Catch', at, 'Next'], names),
      ...changedTo([name, 'Catch', at, 'ResultPath'], paths),
      ...changedTo([name, 'Catch', at, 'ErrorEquals'], [[], ['States.TaskFailed']]),
    ]),
    ...(catchers.length === 0 ? [] : names)
      .filter((next) => next !== catchers.at(-1)?.Next)
      .map((next) =>
        inserted([name, 'Catch', 0], { ErrorEquals: ['ReservationNotFoundError'], ResultPath: null, Next: next }),
      ),
    ...catchers.map((catcher) => inserted([name, 'Catch', 0], { ...catcher, ErrorEquals: ['States.Timeout'] })),
    ...furtherRetriers.map((retrier) => inserted([name, 'Retry', 0], retrier)),
    ...[...retriers.keys()].flatMap((at) => inserted([name, 'Retry', at], retriers[at])),
    ...placesBelow([name, 'Retry']).flatMap(otherThan),
    ...('Parameters' in state ? placesBelow([name, 'Parameters']).flatMap(otherThan) : []),
  ];
}

/** The part left out, and other values in its place. */
function otherThan(place: Path): Mutant[] {
  const part = partOf(saga.States, place);
  const values = { string: [`${part}x`], number: [Number(part) + 1, 0], object: [] } as const;
  return [without(place), ...changedTo(place, values[typeof part as keyof typeof values])];
}

/** Places of all fields and list entries below a part. */
function placesBelow(path: Path): Path[] {
  const part = partOf(saga.States, path);
  if (typeof part !== 'object' || part === null) return [];
  return Object.keys(part)
    .filter((key) => !isComment(key))
    .map((key) => [...path, Array.isArray(part) ? Number(key) : key])
    .flatMap((place) => [place, ...placesBelow(place)]);
}

/** All changes of a Choice: parts left out, other values, choices in another place. */
function ofChoice(name: string): Mutant[] {
  const choices = saga.States[name]?.Choices as readonly Json[];
  const places = placesBelow([name]);
  const of = (...fields: readonly string[]): Path[] => places.filter((place) => fields.includes(String(place.at(-1))));
  const moved = (from: number, to: number): Mutant =>
    mutant(`moved to ${to}`, [name, 'Choices', from], (holder) => {
      const list = holder as unknown as Json[];
      list.splice(to, 0, ...list.splice(from, 1));
    });
  return [
    ...places.map(without),
    ...of('Next', 'Default').flatMap((place) => changedTo(place, names)),
    ...of('Variable').flatMap((place) => changedTo(place, [...forward.map((state) => `$.${state}Error`), '$.x'])),
    ...of('IsPresent', 'IsString', 'BooleanEquals').flatMap((place) => changedTo(place, [true, false])),
    ...of('StringEquals').flatMap((place) => changedTo(place, ['CONFIRMED', 'CANCELLED', 'cancel', 'x'])),
    ...of('StringEqualsPath').map((place) => changed(place, '$.trip_id')),
    ...choices.flatMap((_, from) => choices.flatMap((__, to) => (from === to ? [] : [moved(from, to)]))),
    ...[0, choices.length].map((at) =>
      inserted([name, 'Choices', at], { Variable: '$.ReserveNothingError', IsPresent: true, Next: choices[0]?.Next }),
    ),
    ...choices.map((choice, at) => inserted([name, 'Choices', at], choice)),
    // Asks for a failed step in another form.
    ...allLegs.map(({ states }) =>
      inserted([name, 'Choices', choices.length], {
        Not: { Variable: `$.${states.reserve}Error`, IsPresent: false },
        Next: states.cancel,
      }),
    ),
  ];
}

/** All changes of the state in which a run ends, but another text for readers: its Cause and its Comment. */
function ofEnd(name: string): Mutant[] {
  const state = saga.States[name] as Json;
  const isAnother = ({ Type, Error: error }: Json): boolean => Type !== state.Type || error !== state.Error;
  return [
    ...Object.keys(state).flatMap((field) => (isComment(field) ? [] : [without([name, field])])),
    ...changedTo([name, 'Type'], ['Pass', 'Task', 'Choice', 'Succeed', 'Fail']),
    ...(state.Type === 'Fail' ? changedTo([name, 'Error'], ['', 'x', 'States.Timeout']) : []),
    ...Object.values(saga.States)
      .filter(isAnother)
      .map((other) => changed([name], other)),
    changed([name, 'OutputPath'], '$'),
  ];
}

const ofType = (type: string): string[] => names.filter((name) => saga.States[name]?.Type === type);

/** Every change that takes a run elsewhere, ends it otherwise, leaves a layer, tries again what it should not, or loses the run's input. */
export const mutants: readonly Mutant[] = [
  ...ofType('Task').flatMap(ofStep),
  ...ofType('Choice').flatMap(ofChoice),
  ...['Succeed', 'Fail'].flatMap(ofType).flatMap(ofEnd),
];
