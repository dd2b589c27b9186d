import { useEffect } from 'preact/hooks';
import { countsOf, filteredRows } from '../../../model/run-list.ts';
import { runLook } from '../../../model/status.ts';
import type { RunRow } from '../../../model/wire.ts';
import { duration, moment, plural } from '../../../model/words.ts';
import { navigate, route, runPath, withQuery } from '../../router.ts';
import { needRuns, runs, runsProblem } from '../../stores/runs.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Status } from '../../ui/status.tsx';

export function RunsView() {
  useEffect(needRuns, []);
  const { query } = route.value;
  const filter = {
    status: query.get('status') ?? '',
    runType: query.get('type') ?? '',
    text: query.get('q') ?? '',
  };
  const all = runs.value ?? [];
  const shown = filteredRows(all, filter);
  return (
    <div class="runs">
      <header class="page-head">
        <h1>Runs</h1>
        <p class="lead">
          {runs.value === undefined
            ? 'Loading'
            : `${plural(shown.length, 'run')}${shown.length === all.length ? '' : ` of ${all.length}`}`}
        </p>
      </header>
      {runsProblem.value !== undefined && <Problem text={runsProblem.value} />}
      <div class="filters">
        <label class="search">
          <span class="unseen">Search</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder="Trip, customer, error"
            value={filter.text}
            onInput={({ currentTarget }) => navigate(withQuery({ q: currentTarget.value }), { replace: true })}
          />
        </label>
        <Chips
          name="Status"
          parameter="status"
          chosen={filter.status}
          counts={countsOf(all.map(({ status }) => status))}
          words={(value) => runLook(value).word}
        />
        <label class="select">
          <span class="unseen">Run type</span>
          <select
            value={filter.runType}
            onChange={({ currentTarget }) => navigate(withQuery({ type: currentTarget.value }), { replace: true })}
          >
            <option value="">All run types</option>
            {countsOf(all.map(({ runType }) => runType)).map(([value, count]) => (
              <option key={value} value={value}>
                {value} ({count})
              </option>
            ))}
          </select>
        </label>
      </div>
      {runs.value !== undefined && <RunTable rows={shown} isFiltered={shown.length < all.length} />}
    </div>
  );
}

interface ChipsProps {
  readonly name: string;
  readonly parameter: string;
  readonly chosen: string;
  readonly counts: readonly (readonly [value: string, count: number])[];
  readonly words: (value: string) => string;
}

function Chips({ name, parameter, chosen, counts, words }: ChipsProps) {
  return (
    <fieldset class="chips" aria-label={name}>
      {[['', undefined] as const, ...counts].map(([value, count]) => (
        <button
          type="button"
          key={value}
          class="chip"
          aria-pressed={value === chosen}
          onClick={() => navigate(withQuery({ [parameter]: value }), { replace: true })}
        >
          {value === '' ? 'All' : words(value)}
          {count !== undefined && <span class="count">{count}</span>}
        </button>
      ))}
    </fieldset>
  );
}

function RunTable({ rows, isFiltered }: { readonly rows: readonly RunRow[]; readonly isFiltered: boolean }) {
  const now = Date.now();
  if (rows.length === 0) {
    return (
      <p class="empty quiet">
        {isFiltered ? 'No run is like that. ' : 'No run yet. '}
        {isFiltered ? <Link to="/runs">Show all</Link> : <Link to="/">Book a holiday</Link>}
      </p>
    );
  }
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Trip</th>
          <th scope="col">Run type</th>
          <th scope="col">Customer</th>
          <th scope="col" class="figure">
            Duration
          </th>
          <th scope="col" class="figure">
            <abbr title="State transitions, by which Step Functions charges">Transitions</abbr>
          </th>
          <th scope="col" class="figure">
            Started
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <td>
              <Status look={runLook(row.status)} />
            </td>
            <th scope="row">
              <Link to={runPath(row.name)} class="row-link">
                {row.trip ?? row.name}
              </Link>
              {row.kind !== 'book' && <span class="tag">{row.kind}</span>}
            </th>
            <td class="mono">{row.runType ?? '–'}</td>
            <td>{row.customer ?? '–'}</td>
            <td class="figure">{row.endedAt === undefined ? '…' : duration(row.endedAt - row.startedAt)}</td>
            <td class="figure">{row.transitions ?? '–'}</td>
            <td class="figure quiet">{moment(row.startedAt, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
