import { useEffect, useRef } from 'preact/hooks';
import { detailsOf, type HistoryEvent } from '../../../model/events.ts';
import type { PlacedState } from '../../../model/layout.ts';
import { type Attempt, isFailure, type Visit } from '../../../model/run.ts';
import { visitLook } from '../../../model/status.ts';
import { clock, duration } from '../../../model/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Json } from '../../ui/json.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Status } from '../../ui/status.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { EvidenceView } from './evidence.tsx';

interface InspectorProps {
  readonly run: string;
  readonly name: string;
  readonly place: PlacedState | undefined;
  /** Of this state, in their order. */
  readonly visits: readonly Visit[];
  readonly close: () => void;
}

/** Where there is no room beside the picture, it stands below it. @param below whether the picture is there already */
function useInSight(of: string, below: boolean) {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!matchMedia('(min-width: 1100px)').matches) pane.current?.scrollIntoView({ block: 'start' });
  }, [of, below]);
  return pane;
}

/** All that is known of one state of a run. */
export function StateInspector({ run, name, place, visits, close }: InspectorProps) {
  const visit = visits.at(-1);
  const pane = useInSight(name, place !== undefined);
  return (
    <aside ref={pane} class="inspector" aria-label={`State ${name}`}>
      <header>
        <div>
          <h2>{name}</h2>
          <p class="quiet">
            {place?.type ?? visit?.type}
            {visit?.resource !== undefined && <> · {visit.resource}</>}
          </p>
        </div>
        <CloseButton close={close} />
      </header>
      {place?.comment !== undefined && <p class="comment">{place.comment}</p>}
      {visit === undefined ? (
        <p class="quiet">This run has not come here.</p>
      ) : (
        <VisitDetails run={run} visit={visit} undoes={place?.undoes ?? false} count={visits.length} />
      )}
    </aside>
  );
}

interface VisitDetailsProps {
  readonly run: string;
  readonly visit: Visit;
  readonly undoes: boolean;
  readonly count: number;
}

function VisitDetails({ run, visit, undoes, count }: VisitDetailsProps) {
  const { attempts, error, cause, enteredAt, exitedAt } = visit;
  return (
    <>
      <p class="inspector-status">
        <Status look={visitLook(visit.status, visit.state, undoes)} />
        {exitedAt !== undefined && <span>{duration(exitedAt - enteredAt)}</span>}
        <span class="quiet mono">{clock(enteredAt)}</span>
        {count > 1 && <span class="quiet">last of {count} visits</span>}
      </p>
      {error !== undefined && (
        <div class="failure tone-bad">
          <strong>{error}</strong>
          {cause !== undefined && <p>{cause}</p>}
        </div>
      )}
      {(attempts.length > 1 || attempts.some(isFailure)) && <Attempts attempts={attempts} />}
      <EvidenceView run={run} visit={visit} />
      <Payload run={run} id={visit.exitedId} title="Output" />
      <Payload run={run} id={visit.enteredId} title="Input" />
    </>
  );
}

function Attempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  return (
    <section>
      <h3>Attempts</h3>
      <ol class="attempts">
        {attempts.map(({ scheduledId, from, to, outcome, error }, at) => {
          const waited = from - (attempts[at - 1]?.to ?? from);
          return (
            <li
              key={scheduledId}
              class={outcome === 'succeeded' ? 'tone-good' : outcome === 'running' ? 'tone-busy' : 'tone-bad'}
            >
              <Icon name={outcome === 'succeeded' ? 'check' : outcome === 'running' ? 'spin' : 'cross'} size={15} />
              <span>
                {outcomes[outcome]}
                {error !== undefined && `: ${error}`}
              </span>
              <span class="quiet figure">
                {waited > 0 && `after ${duration(waited)}, `}
                {to === undefined ? '…' : duration(to - from)}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const outcomes = { succeeded: 'Succeeded', running: 'Running', failed: 'Failed', timedOut: 'Timed out' };

interface PayloadProps {
  readonly run: string;
  /** Of the event that carries it. */
  readonly id: number | undefined;
  readonly title: 'Input' | 'Output';
}

function Payload({ run, id, title }: PayloadProps) {
  const path = id === undefined ? undefined : `/runs/${encodeURIComponent(run)}/events/${id}`;
  const { answer, problem } = useAnswer<HistoryEvent>(path);
  if (problem !== undefined) return <Problem text={problem} />;
  const text = answer && detailsOf(answer)?.[title.toLowerCase()];
  return typeof text === 'string' ? <Json text={text} title={title} /> : null;
}

interface EventInspectorProps {
  readonly run: string;
  readonly id: number;
  readonly close: () => void;
}

/** One event of the history, whole. */
export function EventInspector({ run, id, close }: EventInspectorProps) {
  const { answer, problem } = useAnswer<HistoryEvent>(`/runs/${encodeURIComponent(run)}/events/${id}`);
  const texts = Object.entries((answer && detailsOf(answer)) ?? {}).filter(([, value]) => typeof value === 'string');
  return (
    <aside class="inspector" aria-label={`Event ${id}`}>
      <header>
        <div>
          <h2>{answer?.type ?? `Event ${id}`}</h2>
          <p class="quiet">
            Event {id}
            {answer !== undefined && ` · after ${answer.previousEventId}`}
          </p>
        </div>
        <CloseButton close={close} />
      </header>
      {problem !== undefined && <Problem text={problem} />}
      {texts.map(([name, value]) => (
        <Json key={name} text={String(value)} title={name} />
      ))}
      {answer !== undefined && texts.length === 0 && <p class="quiet">This event carries nothing more.</p>}
    </aside>
  );
}

const CloseButton = ({ close }: { readonly close: () => void }) => (
  <button type="button" class="icon-button" title="Close" onClick={close}>
    <Icon name="close" />
    <span class="unseen">Close</span>
  </button>
);
