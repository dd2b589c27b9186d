import { useMemo, useState } from 'preact/hooks';
import { edgeViews, type StateView, stateViews } from '../../../model/graph.ts';
import { boxHeight, boxWidth, type Layout } from '../../../model/layout.ts';
import type { RunModel } from '../../../model/run.ts';
import { Icon } from '../../ui/icon.tsx';

const ways = ['none', 'forward', 'failure', 'undo'] as const;

export function Graph({ layout, model }: { readonly layout: Layout; readonly model: RunModel }) {
  const { width, height } = layout;
  const edges = useMemo(() => edgeViews(layout, model), [layout, model]);
  const states = useMemo(() => stateViews(layout, model, model.lastAt ?? 0), [layout, model]);
  const [chosen, choose] = useState('');
  return (
    <section class="graph-pane" aria-label="State machine">
      <div class="graph" style={{ width: `${width}px`, height: `${height}px` }}>
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
            <path
              key={`${place.from} ${place.to}`}
              class={`edge edge-${place.kind} way-${passed ?? 'none'}`}
              d={path}
              marker-end={`url(#arrow-${passed ?? 'none'})`}
            />
          ))}
        </svg>
        {states.map((state) => (
          <StateBox key={state.place.name} state={state} isChosen={chosen === state.place.name} choose={choose} />
        ))}
      </div>
    </section>
  );
}

interface StateBoxProps {
  readonly state: StateView;
  readonly isChosen: boolean;
  readonly choose: (name: string) => void;
}

function StateBox({ state: { place, look, note }, isChosen, choose }: StateBoxProps) {
  const { name, x, y, undoes } = place;
  return (
    <button
      type="button"
      class={`state ${look === undefined ? 'state-ahead' : `tone-${look.tone}`} ${undoes ? 'state-undoes' : ''}`}
      style={{ left: `${x}px`, top: `${y}px`, width: `${boxWidth}px`, height: `${boxHeight}px` }}
      aria-pressed={isChosen}
      onClick={() => choose(name)}
    >
      <span class="state-icon">{look !== undefined && <Icon name={look.icon} size={16} />}</span>
      <span class="state-words">
        <span class="state-name">{breakable(name)}</span>
        <span class="state-note">
          {look === undefined ? (
            <span class="unseen">, not reached</span>
          ) : (
            <span>
              {look.word}
              {note === '' ? '' : ` · ${note}`}
            </span>
          )}
        </span>
      </span>
    </button>
  );
}

/** `SendToDeadLetterQueue` may break before each of its words. */
const breakable = (name: string) =>
  name.split(/(?=[A-Z])/).map((part, at) => (
    <>
      {at > 0 && <wbr />}
      {part}
    </>
  ));
