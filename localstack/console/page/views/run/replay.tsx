import { useEffect } from 'preact/hooks';
import { speeds } from '../../../model/replay.ts';
import { clock } from '../../../model/words.ts';
import { cursor, pause, play, playing, showAll, showStop, speed, stop, stops } from '../../stores/replay.ts';
import { openRun } from '../../stores/run.ts';
import { Icon } from '../../ui/icon.tsx';

/** Play, pause, step, and how fast. */
export function ReplayBar() {
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      showAll();
    };
  }, []);
  const last = stops.value.length - 1;
  if (last < 1) return null;
  const at = stop.value;
  const shown = openRun.value.events[(stops.value[at] ?? 1) - 1];
  const isReplay = cursor.value !== undefined;
  return (
    <fieldset class={isReplay ? 'replay replay-on' : 'replay'} aria-label="Replay">
      <IconButton icon="back" title="Step back" disabled={at <= 0} onClick={() => step(-1)} />
      {playing.value ? (
        <IconButton icon="pause" title="Pause" onClick={pause} />
      ) : (
        <IconButton icon="play" title="Replay" onClick={play} />
      )}
      <IconButton icon="forward" title="Step forward" disabled={at >= last} onClick={() => step(1)} />
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        aria-label="Moment of the run"
        aria-valuetext={shown === undefined ? '' : `${shown.state ?? shown.type}, ${clock(shown.at)}`}
        onInput={({ currentTarget }) => {
          pause();
          showStop(Number(currentTarget.value));
        }}
      />
      <output class="mono">{shown === undefined ? '' : clock(shown.at)}</output>
      <label class="speed">
        <span class="unseen">Speed</span>
        <select
          value={String(speed.value)}
          onChange={({ currentTarget }) => {
            speed.value = Number(currentTarget.value);
          }}
        >
          {speeds.map((each) => (
            <option key={each} value={String(each)}>
              {speedNames[each]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="text-button" disabled={!isReplay} onClick={showAll}>
        Show all
      </button>
    </fieldset>
  );
}

const speedNames: Readonly<Record<number, string>> = { 0.25: '¼×', 0.5: '½×', 1: '1×', 2: '2×', 4: '4×' };

function step(by: number): void {
  pause();
  showStop(stop.value + by);
}

/** Of the page itself: where nothing else takes the key. */
function onKey(event: KeyboardEvent): void {
  if (event.target !== document.body && (event.target as Element | null)?.id !== 'main') return;
  if (event.key === ' ') (playing.value ? pause : play)();
  else if (event.key === 'ArrowRight') step(1);
  else if (event.key === 'ArrowLeft') step(-1);
  else return;
  event.preventDefault();
}

interface IconButtonProps {
  readonly icon: 'back' | 'forward' | 'play' | 'pause';
  readonly title: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

const IconButton = ({ icon, title, disabled = false, onClick }: IconButtonProps) => (
  <button type="button" class="icon-button" title={title} disabled={disabled} onClick={onClick}>
    <Icon name={icon} />
    <span class="unseen">{title}</span>
  </button>
);
