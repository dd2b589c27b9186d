/** What the console reads of a state machine's definition (Amazon States Language, JSONPath). https://states-language.net/spec.html */

export interface AslState {
  readonly Type: string;
  readonly Comment?: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Retry?: readonly { readonly MaxAttempts?: number }[];
}

export interface AslDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, AslState>>;
}

/** What a drawing depends on, in the definition's order. */
export function drawnPartOf({ StartAt, States }: AslDefinition): AslDefinition {
  const states = Object.entries(States).map(([name, { Type, Comment, Next, Default, Choices, Catch }]) => {
    const ways = {
      ...(Comment !== undefined && { Comment }),
      ...(Next !== undefined && { Next }),
      ...(Default !== undefined && { Default }),
      ...(Choices !== undefined && { Choices: Choices.map(({ Next }) => ({ Next })) }),
      ...(Catch !== undefined && { Catch: Catch.map(({ Next }) => ({ Next })) }),
    };
    return [name, { Type, ...ways }] as const;
  });
  return { StartAt, States: Object.fromEntries(states) };
}

/** Why a state is left for another: it went on, it chose, or it caught an error. */
export type EdgeKind = 'next' | 'choice' | 'catch';

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
}

/** All edges, one for each pair of states: the plainest where there are several. A choice's default is how it goes on. */
export function edgesOf({ States }: AslDefinition): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (from: string, to: string | undefined, kind: EdgeKind): void => {
    const key = JSON.stringify([from, to]);
    if (to !== undefined && Object.hasOwn(States, to) && !edges.has(key)) edges.set(key, { from, to, kind });
  };
  const states = Object.entries(States);
  for (const [name, { Next, Default }] of states) add(name, Next ?? Default, 'next');
  for (const [name, { Choices = [] }] of states) for (const { Next } of Choices) add(name, Next, 'choice');
  for (const [name, { Catch = [] }] of states) for (const { Next } of Catch) add(name, Next, 'catch');
  return [...edges.values()];
}

/** The states that undo: what is reached only through the state that most others go to when they fail. */
export interface Undoing {
  /** Where undoing begins; undefined for a machine in which no state catches for two others. */
  readonly entry: string | undefined;
  readonly states: ReadonlySet<string>;
}

export function undoingOf(definition: AslDefinition): Undoing {
  const edges = edgesOf(definition);
  const names = Object.keys(definition.States);
  const entry = mostCaught(edges);
  if (entry === undefined || entry === definition.StartAt) return { entry: undefined, states: new Set() };
  const forward = reachable(definition.StartAt, edges, entry);
  const states = new Set(names.filter((name) => !forward.has(name)));
  // An end that both ways share belongs to the side that most come from.
  for (let size = -1; size !== states.size; ) {
    size = states.size;
    for (const name of names) {
      const from = edges.filter(({ to }) => to === name).map(({ from }) => states.has(from));
      if (from.filter(Boolean).length > from.length / 2) states.add(name);
    }
  }
  return { entry, states };
}

/** The last state of the main path whose failure has everything before it undone. */
export function lastUndoneOf(definition: AslDefinition): string | undefined {
  const edges = edgesOf(definition);
  const { entry } = undoingOf(definition);
  const isUndone = (name: string): boolean =>
    edges.some(({ from, to, kind }) => from === name && to === entry && kind === 'catch');
  return mainPath(definition.StartAt, edges).findLast(isUndone);
}

function mostCaught(edges: readonly Edge[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { to, kind } of edges) if (kind === 'catch') counts.set(to, (counts.get(to) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most !== undefined && most[1] > 1 ? most[0] : undefined;
}

function reachable(start: string, edges: readonly Edge[], except: string): ReadonlySet<string> {
  const found = new Set([start]);
  for (const name of found) {
    for (const { from, to } of edges) if (from === name && to !== except) found.add(to);
  }
  return found;
}

/** The states that follow one another from `start` without a choice or an error. */
export function mainPath(start: string, edges: readonly Edge[]): readonly string[] {
  const path = [start];
  for (const name of path) {
    const next = edges.find(({ from, kind }) => from === name && kind === 'next')?.to;
    if (next !== undefined && !path.includes(next)) path.push(next);
  }
  return path;
}
