import { useEffect } from 'preact/hooks';
import type { RunModel } from '../../../model/run.ts';
import { relatedRuns } from '../../../model/run-list.ts';
import { runLook } from '../../../model/status.ts';
import type { RunDetails, RunRow } from '../../../model/wire.ts';
import { duration, moment } from '../../../model/words.ts';
import { runPath } from '../../router.ts';
import { needRuns, runs } from '../../stores/runs.ts';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { RunActions } from './actions.tsx';

interface RunHeadProps {
  readonly name: string;
  readonly details: RunDetails | undefined;
  readonly model: RunModel;
  readonly now: number;
}

export function RunHead({ name, details, model, now }: RunHeadProps) {
  useEffect(needRuns, []);
  const { run } = details ?? {};
  const { startedAt, ending, visits } = model;
  const related = relatedRuns(runs.value ?? [], name);
  return (
    <header class="page-head run-head">
      <p class="crumbs">
        <Link to="/runs">Runs</Link> <span aria-hidden="true">/</span> <span class="mono">{name}</span>
      </p>
      <div class="run-title">
        <h1>{run?.trip ?? name}</h1>
        {run !== undefined && <Status look={runLook(run.status)} />}
        {details !== undefined && <RunActions name={name} details={details} />}
      </div>
      <dl class="facts">
        {run?.runType !== undefined && <Fact term="Run type" value={run.runType} />}
        {run?.customer !== undefined && <Fact term="Customer" value={run.customer} />}
        {startedAt !== undefined && <Fact term="Started" value={moment(startedAt, Date.now())} />}
        {startedAt !== undefined && <Fact term="Duration" value={duration((ending?.at ?? now) - startedAt)} />}
        <Fact
          term="Transitions"
          value={String(visits.length)}
          title="State transitions, by which Step Functions charges"
        />
        {related.length > 0 && (
          <div>
            <dt>Same booking</dt>
            <dd class="related">
              {related.map((row) => (
                <Link key={row.name} to={runPath(row.name)}>
                  {partOf(row)} <Status look={runLook(row.status)} />
                </Link>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </header>
  );
}

/** What tells it from the others: `cancel`, `rr-1`. */
const partOf = ({ name }: RunRow): string => name.split('.').slice(2).join('.') || 'booking';

interface FactProps {
  readonly term: string;
  readonly value: string;
  readonly title?: string;
}

const Fact = ({ term, value, title }: FactProps) => (
  <div>
    <dt>{title === undefined ? term : <abbr title={title}>{term}</abbr>}</dt>
    <dd>{value}</dd>
  </div>
);
