import { isList, isObject, isSame, type Json, type JsonObject, parsedObject } from '../json.ts';

/** A state machine as states and arrows. */
export interface Graph {
  readonly states: ReadonlyMap<string, JsonObject>;
  readonly arrows: readonly Arrow[];
  readonly startAt: string | undefined;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** How the arrow is taken. */
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
}

/** Undefined where the text is no definition. */
export function graphOf(definition: string): Graph | undefined {
  const machine = parsedObject(definition);
  if (machine === undefined || !isObject(machine.States)) return undefined;
  const states = new Map(
    Object.entries(machine.States).flatMap(([name, state]) => (isObject(state) ? [[name, state] as const] : [])),
  );
  return {
    states,
    arrows: [...states].flatMap(([name, state]) => arrowsOf(name, state)),
    startAt: typeof machine.StartAt === 'string' ? machine.StartAt : undefined,
  };
}

function arrowsOf(from: string, state: JsonObject): Arrow[] {
  const arrow = (to: Json | undefined, kind: Arrow['kind']): Arrow[] =>
    typeof to === 'string' ? [{ from, to, kind }] : [];
  const each = (list: Json | undefined, kind: Arrow['kind']): Arrow[] =>
    isList(list) ? list.flatMap((inner) => (isObject(inner) ? arrow(inner.Next, kind) : [])) : [];
  return unique([
    ...arrow(state.Next, 'next'),
    ...each(state.Choices, 'choice'),
    ...arrow(state.Default, 'default'),
    ...each(state.Catch, 'catch'),
  ]);
}

const keyOf = ({ from, to, kind }: Arrow): string => JSON.stringify([from, to, kind]);

const unique = (arrows: readonly Arrow[]): Arrow[] => [
  ...new Map(arrows.map((arrow) => [keyOf(arrow), arrow])).values(),
];

export type Mark = 'added' | 'removed' | 'changed' | 'same';

export interface GraphDifference {
  readonly states: readonly { readonly name: string; readonly mark: Mark; readonly state: JsonObject }[];
  readonly arrows: readonly (Arrow & { readonly mark: Exclude<Mark, 'changed'> })[];
  readonly startAt: string | undefined;
  /** Properties of the machine itself or of where it starts that differ are `changed`, too. */
  readonly isSame: boolean;
}

export function compareGraphs(before: Graph, after: Graph): GraphDifference {
  const names = [...new Set([...before.states.keys(), ...after.states.keys()])];
  const states = names.map((name) => {
    const [old, fresh] = [before.states.get(name), after.states.get(name)];
    const mark: Mark = !old ? 'added' : !fresh ? 'removed' : isSame(old, fresh) ? 'same' : 'changed';
    return { name, mark, state: (fresh ?? old) as JsonObject };
  });
  const [old, fresh] = [before.arrows, after.arrows].map((arrows) => new Set(arrows.map(keyOf))) as [
    Set<string>,
    Set<string>,
  ];
  const arrows = unique([...before.arrows, ...after.arrows]).map((arrow) => {
    const mark = !old.has(keyOf(arrow))
      ? ('added' as const)
      : fresh.has(keyOf(arrow))
        ? ('same' as const)
        : ('removed' as const);
    return { ...arrow, mark };
  });
  return {
    states,
    arrows,
    startAt: after.startAt,
    isSame: before.startAt === after.startAt && [...states, ...arrows].every(({ mark }) => mark === 'same'),
  };
}
