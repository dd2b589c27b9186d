import { alarmLooks } from '../../../model/alarm-status.ts';
import type { AlarmRow } from '../../../model/trouble.ts';
import { plural } from '../../../model/words.ts';
import { Status } from '../../ui/status.tsx';

export function AlarmsView({ rows }: { readonly rows: readonly AlarmRow[] }) {
  const raised = rows.filter(({ state }) => state === 'ALARM').length;
  return (
    <>
      <p class="quiet">
        {raised === 0 ? 'None' : plural(raised, 'alarm')} of {rows.length} would be on.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="alarms-pane" aria-label="Alarms" tabIndex={0}>
        <table class="table alarms">
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Alarm</th>
              <th scope="col">Rule</th>
              <th scope="col" class="figure">
                Measured
              </th>
              <th scope="col">What it means</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, state, rule, value, description }) => (
              <tr key={name}>
                <td>
                  <Status look={alarmLooks[state]} />
                </td>
                <th scope="row">{name}</th>
                <td>{rule}</td>
                <td class="figure">{value ?? '–'}</td>
                <td>{description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
