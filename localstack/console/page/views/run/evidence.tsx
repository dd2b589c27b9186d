import type { Evidence, FieldChange, LogEntry, RecordChange } from '../../../model/evidence.ts';
import type { Visit } from '../../../model/run.ts';
import { clock } from '../../../model/words.ts';
import { Problem } from '../../ui/problem.tsx';
import { useAnswer } from '../../ui/use-answer.ts';

/** What a state wrote: its log lines, and records of the table. */
export function EvidenceView({ run, visit }: { readonly run: string; readonly visit: Visit }) {
  const { state, resource, enteredAt, exitedAt, attempts, type } = visit;
  const asks = type === 'Task';
  // Asked anew as the state goes on: its attempts are in the address.
  const query = new URLSearchParams({ state, from: String(enteredAt), attempt: String(attempts.length) });
  if (exitedAt !== undefined) query.set('to', String(exitedAt));
  if (resource !== undefined && !resource.includes(':')) query.set('function', resource);
  const { answer, problem } = useAnswer<Evidence>(
    asks ? `/runs/${encodeURIComponent(run)}/evidence?${query}` : undefined,
  );
  if (problem !== undefined) return <Problem text={problem} />;
  if (answer === undefined) return null;
  return (
    <>
      {answer.records.length > 0 && (
        <section>
          <h3>Records that it wrote</h3>
          <ul class="records">
            {answer.records.map((change) => (
              <Change key={`${change.key} ${change.at} ${change.fields.length}`} change={change} />
            ))}
          </ul>
        </section>
      )}
      {answer.logs.length > 0 && (
        <section>
          <h3>Log</h3>
          <ol class="log">
            {answer.logs.map((entry, at) => (
              <Line key={at} entry={entry} />
            ))}
          </ol>
        </section>
      )}
      {answer.note !== undefined && <p class="quiet">{answer.note}</p>}
    </>
  );
}

function Change({ change }: { readonly change: RecordChange }) {
  const { kind, key, action, fields } = change;
  return (
    <li>
      <details open={fields.length <= 6}>
        <summary>
          <strong>{kind ?? 'Record'}</strong> {action}
          <span class="quiet mono record-key">{key}</span>
        </summary>
        {fields.length === 0 ? (
          <p class="quiet">It was written again: nothing differs.</p>
        ) : (
          <dl class="fields">
            {fields.map((field) => (
              <Field key={field.name} field={field} />
            ))}
          </dl>
        )}
      </details>
    </li>
  );
}

const Field = ({ field: { name, before, after } }: { readonly field: FieldChange }) => (
  <div>
    <dt>{name}</dt>
    <dd class="mono">
      {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
    </dd>
  </div>
);

const tones: Readonly<Record<string, string>> = { ERROR: 'tone-bad', FATAL: 'tone-bad', WARN: 'tone-warn' };

function Line({ entry }: { readonly entry: LogEntry }) {
  const { at, level, text, error, rest } = entry;
  return (
    <li class={level === 'platform' ? 'log-line log-platform' : `log-line ${tones[level ?? ''] ?? 'tone-idle'}`}>
      <p>
        <span class="quiet">{clock(at)}</span>
        {level !== undefined && level !== 'platform' && <strong> {level}</strong>} {text}
        {rest !== undefined && <span class="quiet"> {rest}</span>}
      </p>
      {error !== undefined && (
        <>
          <p>
            <strong>{error.name}</strong>: {error.message}
          </p>
          {error.place !== undefined && <p class="place">at {error.place}</p>}
        </>
      )}
    </li>
  );
}
