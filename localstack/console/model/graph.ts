/** How a run looks on its machine's drawing. */
import type { Layout, PlacedEdge, PlacedState } from './layout.ts';
import { edgeKey, passedEdges, type RunModel, type StateSummary, summarise } from './run.ts';
import { type StatusLook, visitLook } from './status.ts';
import { duration } from './words.ts';

export interface StateView {
  readonly place: PlacedState;
  /** Undefined for a state that the run has not come to. */
  readonly look: StatusLook | undefined;
  /** How it stands, and what there is to say of time, attempts and waits; it fits into the state's box. */
  readonly words: string;
  readonly summary: StateSummary | undefined;
}

export interface EdgeView {
  readonly place: PlacedEdge;
  /** How it was passed: forwards, by an error, or undoing. */
  readonly passed: 'forward' | 'failure' | 'undo' | undefined;
  /** For SVG. */
  readonly path: string;
}

export function stateViews(
  { states }: Pick<Layout, 'states'>,
  { visits }: Pick<RunModel, 'visits'>,
  now: number,
): StateView[] {
  const summaries = summarise(visits, now);
  return states.map((place) => {
    const summary = summaries.get(place.name);
    const look = summary && visitLook(summary.status, place.name, place.undoes);
    return { place, look, summary, words: summary === undefined ? '' : wordsOf(summary, look?.word ?? '') };
  });
}

/** States that the run passed and the drawing has not: those inside of a Map or a Parallel. */
export function straysOf({ states }: Layout, { visits }: RunModel, now: number): StateView[] {
  const drawn = new Set(states.map(({ name }) => name));
  const inside = visits.filter(({ state }) => !drawn.has(state));
  const places = new Map(
    inside.map(({ state: name, type }) => [name, { name, type, comment: undefined, undoes: false, x: 0, y: 0 }]),
  );
  return stateViews({ states: [...places.values()] }, { visits: inside }, now);
}

function wordsOf({ attempts, failedAttempts, milliseconds, visits, last }: StateSummary, word: string): string {
  const again = visits > 1 ? [`${visits} visits`] : [];
  // With the word of the status before it, the box would cut off the number.
  if (last.status === 'retrying') return [`Attempt ${attempts} failed, waits`, ...again].join(' · ');
  if (last.status === 'caught' && failedAttempts > 1)
    return [`Failed ${failedAttempts} times, caught`, ...again].join(' · ');
  const parts = [];
  if (attempts > 1) parts.push(last.status === 'running' ? `attempt ${attempts}` : `${attempts} attempts`);
  else if (failedAttempts > 0 && last.status === 'done') parts.push(`${failedAttempts} failed`);
  parts.push(...again);
  const takesTime = last.type === 'Task' || last.type === 'Wait' || milliseconds >= 10;
  // There is room for one of them.
  if (takesTime && parts.length === 0) parts.push(duration(milliseconds));
  return [word, ...parts].join(' · ');
}

export function edgeViews({ edges, states }: Layout, { visits }: RunModel): EdgeView[] {
  const passed = passedEdges(visits);
  const undoing = new Set(states.filter(({ undoes }) => undoes).map(({ name }) => name));
  const views = edges.map((place) => ({
    place,
    passed: passed.has(edgeKey(place.from, place.to)) ? wayOf(place, undoing) : undefined,
    path: pathOf(place),
  }));
  // Those that were passed lie on top.
  return views.sort((one, other) => Number(one.passed !== undefined) - Number(other.passed !== undefined));
}

/** A run that was started to undo comes to it by a choice. */
function wayOf({ from, to, kind }: PlacedEdge, undoing: ReadonlySet<string>): EdgeView['passed'] {
  if (kind === 'catch' && !undoing.has(from)) return 'failure';
  return undoing.has(from) || undoing.has(to) ? 'undo' : 'forward';
}

/** Drawings stay while a run goes on. */
const paths = new WeakMap<PlacedEdge, string>();

function pathOf(edge: PlacedEdge): string {
  const path = paths.get(edge) ?? roundedPath(edge.points);
  paths.set(edge, path);
  return path;
}

const radius = 7;

/** Lines with rounded corners. */
export function roundedPath(points: PlacedEdge['points']): string {
  const [first, ...others] = points;
  if (first === undefined) return '';
  const commands = [`M${first[0]} ${first[1]}`];
  for (const [at, [x, y]] of others.entries()) {
    const before = points[at] as readonly [number, number];
    const after = points[at + 2];
    if (after === undefined) {
      commands.push(`L${x} ${y}`);
      continue;
    }
    const [ax, ay] = towards([x, y], before);
    const [bx, by] = towards([x, y], after);
    commands.push(`L${ax} ${ay}`, `Q${x} ${y} ${bx} ${by}`);
  }
  return commands.join('');
}

/** From a corner towards another point, as far as the corner is round. */
function towards([x, y]: readonly [number, number], [tx, ty]: readonly [number, number]): [number, number] {
  const length = Math.hypot(tx - x, ty - y);
  const share = length === 0 ? 0 : Math.min(radius, length / 2) / length;
  return [round(x + (tx - x) * share), round(y + (ty - y) * share)];
}

const round = (value: number): number => Math.round(value * 10) / 10;

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The nearest state in a direction, for the arrow keys; itself where there is none. */
export function neighbour({ states }: Layout, name: string, direction: Direction): string {
  const here = states.find((state) => state.name === name);
  if (here === undefined) return name;
  const isUpright = direction === 'up' || direction === 'down';
  const sign = direction === 'up' || direction === 'left' ? -1 : 1;
  let nearest = name;
  let least = Number.POSITIVE_INFINITY;
  for (const { name: other, x, y } of states) {
    const along = sign * (isUpright ? y - here.y : x - here.x);
    const across = Math.abs(isUpright ? x - here.x : y - here.y);
    // What lies straight ahead is nearer than what lies beside it.
    if (along > 0 && along + 3 * across < least) {
      least = along + 3 * across;
      nearest = other;
    }
  }
  return nearest;
}
