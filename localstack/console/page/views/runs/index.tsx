import { useEffect, useState } from 'preact/hooks';
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
import { Windowed } from '../../ui/windowed.tsx';

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

const isNarrow = matchMedia('(max-width: 1240px)');
/** Rows have two lines where there is no room for all columns; runs.css has the same heights. */
const heightOf = (narrow: boolean): number => (narrow ? 60 : 41);

function RunTable({ rows, isFiltered }: { readonly rows: readonly RunRow[]; readonly isFiltered: boolean }) {
  const [narrow, setNarrow] = useState(isNarrow.matches);
  useEffect(() => {
    const look = (): void => setNarrow(isNarrow.matches);
    isNarrow.addEventListener('change', look);
    return () => isNarrow.removeEventListener('change', look);
  }, []);
  if (rows.length === 0) {
    return (
      <p class="empty quiet">
        {isFiltered ? 'No run is like that. ' : 'No run yet. '}
        {isFiltered ? <Link to="/runs">Show all</Link> : <Link to="/">Book a holiday</Link>}
      </p>
    );
  }
  return (
    <Windowed count={rows.length} rowHeight={heightOf(narrow)} class="runs-pane" label="List of runs">
      {(from, to, before, after) => (
        <table
          class="table"
          aria-rowcount={rows.length + 1}
          style={{ marginTop: `${before}px`, marginBottom: `${after}px` }}
        >
          <RunTableHead />
          <tbody>
            {rows.slice(from, to).map((row, index) => (
              <Row key={row.name} row={row} index={from + index} />
            ))}
          </tbody>
        </table>
      )}
    </Windowed>
  );
}

const RunTableHead = () => (
  <thead>
    <tr aria-rowindex={1}>
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
);

function Row({ row, index }: { readonly row: RunRow; readonly index: number }) {
  const { name, status, trip, kind, runType, customer, startedAt, endedAt, transitions } = row;
  return (
    <tr aria-rowindex={index + 2}>
      <td>
        <Status look={runLook(status)} />
      </td>
      <th scope="row" title={trip ?? name}>
        <span class="row-name">
          <Link to={runPath(name)} class="row-link">
            {trip ?? name}
          </Link>
          {kind !== 'book' && <span class="tag">{kind}</span>}
        </span>
      </th>
      <td class="mono">{runType ?? '–'}</td>
      <td>{customer ?? '–'}</td>
      <td class="figure">{endedAt === undefined ? '…' : duration(endedAt - startedAt)}</td>
      <td class="figure">{transitions ?? '–'}</td>
      <td class="figure quiet">{moment(startedAt, Date.now())}</td>
    </tr>
  );
}
