import { useEffect, useRef } from 'preact/hooks';
import { failuresOf } from '../../../model/failures.ts';
import { visitLook } from '../../../model/status.ts';
import { isTraceName } from '../../../model/trace.ts';
import { navigate, route, withQuery } from '../../router.ts';
import { announce } from '../../stores/announce.ts';
import { now, useTime } from '../../stores/clock.ts';
import { cursor, playing } from '../../stores/replay.ts';
import { openRun } from '../../stores/run.ts';
import { shownEvents, shownModel, wholeModel } from '../../stores/shown.ts';
import { Json } from '../../ui/json.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { EventsView } from './events.tsx';
import { Failures } from './failures.tsx';
import { Graph } from './graph.tsx';
import { RunHead } from './head.tsx';
import { EventInspector, StateInspector } from './inspector.tsx';
import { ReplayBar } from './replay.tsx';
import { TimelineView } from './timeline.tsx';

const views = [
  ['graph', 'Graph'],
  ['timeline', 'Timeline'],
  ['events', 'Events'],
] as const;

export function RunView() {
  const { parts, query } = route.value;
  const name = parts[1] ?? '';
  const { details, layout, problem, drawingProblem } = openRun.value;
  const model = shownModel.value;
  const { startedAt, ending } = wholeModel.value;
  const isLive = startedAt !== undefined && ending === undefined && cursor.value === undefined;
  useEffect(() => (isLive ? useTime() : undefined), [isLive]);
  const time = isLive ? now.value : (model.lastAt ?? 0);
  useNews();
  useTop(isLive);

  const view = query.get('view') ?? 'graph';
  // The server knows nothing more of a recorded run than the page does.
  const isRecorded = isTraceName(name);
  const state = isRecorded ? '' : (query.get('state') ?? '');
  const event = isRecorded ? 0 : Number(query.get('event') ?? 0);
  const shared = { layout, model, now: time, chosen: state, choose };
  const inspects = view === 'events' ? event > 0 : state !== '';
  if (problem !== undefined && details === undefined && model.lastAt === undefined)
    return (
      <div class="run">
        <Problem text={problem} />
        <p>
          <Link to="/runs">All runs</Link>
        </p>
      </div>
    );
  return (
    <div class="run">
      <RunHead name={name} details={details} model={wholeModel.value} now={time} />
      {problem !== undefined && <Problem text={problem} />}
      {drawingProblem !== undefined && drawingProblem !== problem && <Problem text={drawingProblem} />}
      <Failures failures={failuresOf(wholeModel.value)} details={details} />
      <div class="run-bar">
        <nav class="tabs" aria-label="Views of the run">
          {views.map(([id, title]) => (
            <Link key={id} to={withQuery({ view: id === 'graph' ? '' : id })} class="tab" current={view === id}>
              {title}
            </Link>
          ))}
        </nav>
        <ReplayBar />
      </div>
      <div class={inspects ? 'run-columns run-inspects' : 'run-columns'}>
        {view === 'timeline' && <TimelineView {...shared} />}
        {view === 'events' && <EventsView events={shownEvents.value} chosen={event} choose={chooseEvent} />}
        {view === 'graph' && layout !== undefined && (
          <Graph {...shared} layout={layout} follows={isLive || playing.value} />
        )}
        {view === 'graph' && layout === undefined && drawingProblem === undefined && (
          <p class="graph-pane graph-wait quiet">Drawing the state machine …</p>
        )}
        {view === 'events' && event > 0 && <EventInspector run={name} id={event} close={() => chooseEvent(0)} />}
        {view !== 'events' && state !== '' && (
          <StateInspector
            run={name}
            name={state}
            place={layout?.states.find((place) => place.name === state)}
            visits={model.visits.filter((visit) => visit.state === state)}
            close={() => choose('')}
          />
        )}
      </div>
      <section class="payloads" aria-label="Input and output of the run">
        {details?.input !== undefined && <Json text={details.input} title="Input of the run" isOpen={false} />}
        {details?.output !== undefined && <Json text={details.output} title="Output of the run" isOpen={false} />}
      </section>
    </div>
  );
}

const choose = (state: string): void => navigate(withQuery({ state }), { replace: true });
const chooseEvent = (id: number): void => navigate(withQuery({ event: id === 0 ? '' : String(id) }), { replace: true });

/** What a run that was followed has come to stands at the top of the page, from which its newest states had led away. */
function useTop(isLive: boolean): void {
  const followed = useRef(false);
  useEffect(() => {
    if (followed.current && !isLive && cursor.peek() === undefined) scrollTo({ top: 0 });
    followed.current = isLive;
  }, [isLive]);
}

/** Tells what the run does to those who do not see it. */
function useNews(): void {
  const last = shownModel.value.visits.at(-1);
  const { layout } = openRun.value;
  const undoes = layout?.states.some((place) => place.name === last?.state && place.undoes) ?? false;
  const news = last === undefined ? '' : `${last.state}: ${visitLook(last.status, last.state, undoes).word}`;
  useEffect(() => {
    if (news !== '') announce(news);
  }, [news]);
}
