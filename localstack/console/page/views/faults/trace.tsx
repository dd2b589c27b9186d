import { runLook } from '../../../model/status.ts';
import { runPath } from '../../router.ts';
import { openTrace, trace, traceProblem } from '../../stores/trace.ts';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Status } from '../../ui/status.tsx';

/** What a plan of the simulator did, as runs to replay. */
export function RecordedTrace() {
  const { file, runs = new Map() } = trace.value ?? {};
  return (
    <section aria-labelledby="trace-title">
      <h2 id="trace-title">Recorded trace</h2>
      <div class="panel trace">
        <label>
          <span class="field-name">
            A file of <code>npm run simulate -- --plan "…" --trace FILE</code>
          </span>
          <input
            type="file"
            onChange={({ currentTarget }) => {
              const [chosen] = currentTarget.files ?? [];
              if (chosen !== undefined) void openTrace(chosen);
            }}
          />
        </label>
        {traceProblem.value !== undefined && <Problem text={traceProblem.value} />}
        {file !== undefined && (
          <ul aria-label={`Runs of ${file}`}>
            {[...runs].map(([name, { details }]) => (
              <li key={name}>
                <Status look={runLook(details.run.status)} /> <Link to={runPath(name)}>{name}</Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
