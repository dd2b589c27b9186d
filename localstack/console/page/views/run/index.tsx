import { useEffect } from 'preact/hooks';
import { wordsOf as causeWords } from '../../../model/events.ts';
import { runLook, visitLook } from '../../../model/status.ts';
import { duration, plural } from '../../../model/words.ts';
import { route } from '../../router.ts';
import { announce } from '../../stores/announce.ts';
import { openRun, runModel, showRun } from '../../stores/run.ts';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Status } from '../../ui/status.tsx';
import { Graph } from './graph.tsx';

export function RunView() {
  const name = route.value.parts[1] ?? '';
  useEffect(() => showRun(name), [name]);
  const { details, layout, problem } = openRun.value;
  const model = runModel.value;
  const last = model.visits.at(-1);
  const undoes = layout?.states.find((state) => state.name === last?.state)?.undoes ?? false;
  const news = last === undefined ? '' : `${last.state}: ${visitLook(last.status, last.state, undoes).word}`;
  useEffect(() => {
    if (news !== '') announce(news);
  }, [news]);
  const { run } = details ?? {};
  const transitions = model.visits.length;
  return (
    <div class="run">
      <header class="page-head run-head">
        <p class="crumbs">
          <Link to="/runs">Runs</Link> <span aria-hidden="true">/</span> <span class="mono">{name}</span>
        </p>
        <div class="run-title">
          <h1>{run?.trip ?? name}</h1>
          {run !== undefined && <Status look={runLook(run.status)} />}
        </div>
        <dl class="facts">
          {run?.runType !== undefined && <Fact term="Run type" value={run.runType} />}
          {run?.customer !== undefined && <Fact term="Customer" value={run.customer} />}
          {model.startedAt !== undefined && (
            <Fact term="Duration" value={duration((model.lastAt ?? model.startedAt) - model.startedAt)} />
          )}
          <Fact term="Charged" value={plural(transitions, 'transition')} />
        </dl>
      </header>
      {problem !== undefined && <Problem text={problem} />}
      {details?.error !== undefined && (
        <div class="failure tone-bad" role="note">
          <strong>{details.error}</strong>
          {details.cause !== undefined && <p>{causeWords(details.cause)}</p>}
        </div>
      )}
      {layout !== undefined && <Graph layout={layout} model={model} />}
    </div>
  );
}

function Fact({ term, value }: { readonly term: string; readonly value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
