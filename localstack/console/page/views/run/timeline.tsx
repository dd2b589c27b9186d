import { useMemo } from 'preact/hooks';
import type { Layout } from '../../../model/layout.ts';
import type { RunModel } from '../../../model/run.ts';
import { visitLook } from '../../../model/status.ts';
import { type Piece, type TimelineRow, timelineOf } from '../../../model/timeline.ts';
import { duration, plural } from '../../../model/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Windowed } from '../../ui/windowed.tsx';

interface TimelineProps {
  readonly layout: Layout | undefined;
  readonly model: RunModel;
  readonly now: number;
  readonly chosen: string;
  readonly choose: (state: string) => void;
}

const rowHeight = 36;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

export function TimelineView({ layout, model, now, chosen, choose }: TimelineProps) {
  const { rows, breaks, ticks } = useMemo(() => timelineOf(model, now), [model, now]);
  const undoing = useMemo(
    () => new Set(layout?.states.filter(({ undoes }) => undoes).map(({ name }) => name)),
    [layout],
  );
  return (
    <div class="timeline">
      <div class="timeline-ruler" aria-hidden="true">
        <div class="timeline-track">
          {ticks.map(({ at, milliseconds }) => (
            <span key={at} class="tick" style={{ left: percent(at) }}>
              {duration(milliseconds)}
            </span>
          ))}
        </div>
      </div>
      <Windowed count={rows.length} rowHeight={rowHeight} class="timeline-rows" label="Timeline" focus={undefined}>
        {(from, to, before, after) => (
          <div style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}>
            <ol start={from + 1}>
              {rows.slice(from, to).map((row) => (
                <Row
                  key={row.visit.enteredId}
                  row={row}
                  undoes={undoing.has(row.visit.state)}
                  breaks={breaks}
                  isChosen={row.visit.state === chosen}
                  choose={choose}
                />
              ))}
            </ol>
          </div>
        )}
      </Windowed>
      {breaks.length > 0 && (
        <p class="quiet timeline-note">
          Hatched: {duration(breaks.reduce((sum, { skippedMs }) => sum + skippedMs, 0))} of waiting are left out.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  readonly row: TimelineRow;
  readonly undoes: boolean;
  readonly breaks: readonly { readonly at: number }[];
  readonly isChosen: boolean;
  readonly choose: (state: string) => void;
}

function Row({ row, undoes, breaks, isChosen, choose }: RowProps) {
  const { visit, pieces, from, width, waited } = row;
  const look = visitLook(visit.status, visit.state, undoes);
  const took = (visit.exitedAt ?? visit.enteredAt) - visit.enteredAt;
  const notes = [
    visit.attempts.length > 1 ? plural(visit.attempts.length, 'attempt') : '',
    waited > 0 ? `waited ${duration(waited)}` : '',
  ].filter(Boolean);
  return (
    <li>
      <button
        type="button"
        class={`timeline-row tone-${look.tone}`}
        style={{ height: `${rowHeight}px` }}
        aria-pressed={isChosen}
        onClick={() => choose(isChosen ? '' : visit.state)}
      >
        <span class="timeline-name">
          <Icon name={look.icon} size={15} />
          <span class="timeline-state">{visit.state}</span>
          <span class="unseen">{look.word}</span>
        </span>
        <span class="timeline-track">
          {breaks.map(({ at }) => (
            <span key={at} class="timeline-break" style={{ left: percent(at) }} />
          ))}
          <span class="bar" style={{ left: percent(from), width: percent(width) }} />
          {pieces.map((piece) => (
            <Bar key={`${piece.kind} ${piece.from}`} piece={piece} />
          ))}
          <span class={standsLeft(from, width) ? 'bar-note bar-note-left' : 'bar-note'} style={noteAt(from, width)}>
            {visit.exitedAt !== undefined && duration(took)}
            {notes.length > 0 && <span class="bar-more"> · {notes.join(' · ')}</span>}
          </span>
        </span>
      </button>
    </li>
  );
}

const Bar = ({ piece: { kind, from, width } }: { readonly piece: Piece }) => (
  <span class={`bar bar-${kind}`} style={{ left: percent(from), width: percent(width) }} />
);

/** A note stands beside its bar, on the side that has more room. */
const standsLeft = (from: number, width: number): boolean => from > 1 - (from + width);

const noteAt = (from: number, width: number): { left?: string; right?: string } =>
  standsLeft(from, width) ? { right: percent(1 - from) } : { left: percent(from + width) };
