/** States and edges of a drawing, each drawn again only where it changed. */
import type { EdgeKind } from '../../../model/asl.ts';
import type { EdgeView, StateView } from '../../../model/graph.ts';
import { boxHeight, boxWidth } from '../../../model/layout.ts';
import type { VisitStatus } from '../../../model/run.ts';
import { Breakable } from '../../ui/breakable.tsx';
import { Icon } from '../../ui/icon.tsx';
import { memo } from '../../ui/memo.ts';

interface EdgePathProps extends Pick<EdgeView, 'passed' | 'path'> {
  readonly kind: EdgeKind;
}

export const EdgePath = memo(({ kind, passed, path }: EdgePathProps) => {
  const way = passed ?? 'none';
  return <path class={`edge edge-${kind} way-${way}`} d={path} marker-end={`url(#arrow-${way})`} />;
});

interface StateBoxProps extends Pick<StateView, 'place' | 'look' | 'words'> {
  readonly status: VisitStatus | undefined;
  readonly isChosen: boolean;
  readonly isTabStop: boolean;
  readonly choose: (name: string) => void;
}

export const StateBox = memo(({ place, look, words, status, isChosen, isTabStop, choose }: StateBoxProps) => {
  const { name, x, y } = place;
  return (
    <button
      type="button"
      class={`state ${look === undefined ? 'state-ahead' : `tone-${look.tone}`} state-${status ?? 'ahead'}`}
      style={{ left: `${x}px`, top: `${y}px`, width: `${boxWidth}px`, height: `${boxHeight}px` }}
      data-state={name}
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isChosen}
      onClick={() => choose(name)}
    >
      <span class="state-icon">{look !== undefined && <Icon name={look.icon} size={16} />}</span>
      <span class="state-words">
        <span class="state-name">
          <Breakable name={name} />
        </span>
        <span class="state-note">{look === undefined ? <span class="unseen">Not reached</span> : words}</span>
      </span>
    </button>
  );
});
