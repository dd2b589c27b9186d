import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Direction, edgeViews, neighbour, type StateView, stateViews, straysOf } from '../../../model/graph.ts';
import type { Layout } from '../../../model/layout.ts';
import type { RunModel } from '../../../model/run.ts';
import { bringAcross, bringIntoSight } from '../../ui/bring-into-sight.ts';
import { EdgePath, StateBox } from './graph-parts.tsx';

interface GraphProps {
  readonly layout: Layout;
  readonly model: RunModel;
  readonly now: number;
  readonly chosen: string;
  readonly choose: (state: string) => void;
  /** Whether the newest state is kept in sight. */
  readonly follows: boolean;
}

const ways = ['none', 'forward', 'failure', 'undo'] as const;
const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
/** Smaller cannot be read: it scrolls instead. */
const smallestScale = 0.72;

export function Graph({ layout, model, now, chosen, choose, follows }: GraphProps) {
  const pane = useRef<HTMLElement>(null);
  const scale = useScale(pane, layout.width);
  const edges = useMemo(() => edgeViews(layout, model), [layout, model]);
  const states = useMemo(() => stateViews(layout, model, now), [layout, model, now]);
  const strays = useMemo(() => straysOf(layout, model, now), [layout, model, now]);
  /** The one state that Tab comes to; the arrow keys go on from there. */
  const [focused, focus] = useState(layout.startAt);
  const newest = model.visits.at(-1)?.state;

  useEffect(() => {
    const box = follows && newest !== undefined ? boxOf(pane.current, newest) : undefined;
    if (pane.current !== null && box !== undefined) bringIntoSight(pane.current, box);
  }, [follows, newest]);

  // The panel that tells of it takes room from the drawing, and the drawing is scaled then.
  useEffect(() => {
    const box = chosen === '' ? undefined : boxOf(pane.current, chosen);
    if (pane.current !== null && box !== undefined) bringAcross(pane.current, box);
  }, [chosen, scale]);

  const toggle = useCallback((name: string): void => choose(name === chosen ? '' : name), [choose, chosen]);
  const take = useCallback(
    (name: string): void => {
      focus(name);
      toggle(name);
    },
    [toggle],
  );

  function move(event: KeyboardEvent): void {
    const direction = arrows[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = neighbour(layout, focused, direction);
    focus(next);
    boxOf(pane.current, next)?.focus();
  }

  const box = ({ place, look, words, summary }: StateView, isTabStop: boolean, onChoose: (name: string) => void) => (
    <StateBox
      key={place.name}
      place={place}
      look={look}
      words={words}
      status={summary?.status}
      isChosen={chosen === place.name}
      isTabStop={isTabStop}
      choose={onChoose}
    />
  );

  const { width, height } = layout;
  return (
    <section ref={pane} class="graph-pane" aria-label="State machine: arrow keys go from state to state">
      <div class="graph-size" style={{ width: `${width * scale}px`, height: `${height * scale}px` }}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: only hands on the keys of the buttons in it */}
        <div
          class="graph"
          style={{ width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` }}
          onKeyDown={move}
        >
          <svg width={width} height={height} aria-hidden="true">
            <defs>
              {ways.map((way) => (
                <marker
                  key={way}
                  id={`arrow-${way}`}
                  class={`arrow way-${way}`}
                  viewBox="0 0 8 8"
                  refX="7"
                  refY="4"
                  markerWidth="8"
                  markerHeight="8"
                  markerUnits="userSpaceOnUse"
                  orient="auto"
                >
                  <path d="M1 1L7 4L1 7" />
                </marker>
              ))}
            </defs>
            {edges.map(({ place, passed, path }) => (
              <EdgePath key={`${place.from} ${place.to}`} kind={place.kind} passed={passed} path={path} />
            ))}
          </svg>
          {states.map((state) => box(state, focused === state.place.name, take))}
        </div>
      </div>
      {strays.length > 0 && (
        <div class="strays">
          <h2>Inside of them</h2>
          {strays.map((state) => box(state, true, toggle))}
        </div>
      )}
    </section>
  );
}

const boxOf = (pane: HTMLElement | null, state: string): HTMLElement | undefined =>
  [...(pane?.querySelectorAll<HTMLElement>('[data-state]') ?? [])].find(({ dataset }) => dataset.state === state);

/** So that the whole width is seen, where it can be. */
function useScale(pane: { readonly current: HTMLElement | null }, width: number): number {
  const [scale, set] = useState(1);
  useLayoutEffect(() => {
    const { current } = pane;
    if (current === null) return undefined;
    const measure = (): void => set(Math.min(1, Math.max(smallestScale, (current.clientWidth - 24) / width)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [pane, width]);
  return scale;
}
