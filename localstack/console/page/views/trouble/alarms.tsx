import { alarmLooks } from '../../../model/alarm-status.ts';
import type { AlarmRow } from '../../../model/trouble.ts';
import { plural } from '../../../model/words.ts';
import { Breakable } from '../../ui/breakable.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Status } from '../../ui/status.tsx';
import { WithLinks } from '../../ui/with-links.tsx';

export function AlarmsView({ rows }: { readonly rows: readonly AlarmRow[] }) {
  const raised = rows.filter(({ state }) => state === 'ALARM').length;
  return (
    <>
      <p class="quiet alarms-told">
        {raised === 0 ? 'None' : plural(raised, 'alarm')} of {rows.length} would be on.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="table-pane" aria-label="Alarms" tabIndex={0}>
        <DataTable
          class="table alarms"
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            { title: 'State', cell: ({ state }) => <Status look={alarmLooks[state]} /> },
            { title: 'Alarm', kind: 'head', cell: ({ name }) => name },
            { title: 'Rule', cell: ({ rule }) => <Breakable name={rule} /> },
            { title: 'Measured', kind: 'figure', cell: ({ value }) => value ?? '–' },
            { title: 'What it means', cell: ({ description }) => <WithLinks text={description} /> },
          ]}
        />
      </section>
    </>
  );
}
