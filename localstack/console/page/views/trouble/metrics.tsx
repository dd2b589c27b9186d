import { barsOf } from '../../../model/chart.ts';
import type { MetricSeries } from '../../../model/trouble.ts';
import { clock } from '../../../model/words.ts';
import { DataTable } from '../../ui/data-table.tsx';

const width = 240;
const height = 48;

export function MetricsView({ rows }: { readonly rows: readonly MetricSeries[] }) {
  if (rows.length === 0) return <p class="empty quiet">No function has written a metric yet.</p>;
  return (
    <ul class="metrics">
      {rows.map((series) => (
        <Metric key={`${series.name} ${series.dimensions}`} series={series} />
      ))}
    </ul>
  );
}

/** The table says what the bars show. */
function Metric({ series: { name, dimensions, total, points } }: { readonly series: MetricSeries }) {
  const bars = barsOf(points, Date.now());
  const step = width / bars.length;
  return (
    <li class="metric">
      <h2>{name}</h2>
      <p class="quiet">{dimensions}</p>
      <p class="metric-total">{rounded(total)}</p>
      <svg class="bars" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <path d={`M0 ${height - 0.5}h${width}`} class="axis" />
        {bars.map((bar, at) => {
          const high = Math.max(bar.height * (height - 4), bar.sum === 0 ? 0 : 2);
          return <rect key={bar.at} x={at * step + 1} y={height - high} width={step - 2} height={high} rx={1} />;
        })}
      </svg>
      <details>
        <summary>As a table</summary>
        <DataTable
          class="table"
          rows={points}
          keyOf={({ at }) => at}
          columns={[
            { title: 'Minute', kind: 'head', cell: ({ at }) => clock(at).slice(0, 5) },
            { title: 'Sum', kind: 'figure', cell: ({ sum }) => rounded(sum) },
            { title: 'Count', kind: 'figure', cell: ({ count }) => count },
          ]}
        />
      </details>
    </li>
  );
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
