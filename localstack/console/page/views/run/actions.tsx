import { useEffect, useState } from 'preact/hooks';
import { runLook } from '../../../model/status.ts';
import type { ActionName, Done, RunDetails } from '../../../model/wire.ts';
import { post, wordsOf } from '../../api.ts';
import { runPath } from '../../router.ts';
import { announce } from '../../stores/announce.ts';
import { runs } from '../../stores/runs.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';

const questions: Readonly<Record<ActionName, readonly [title: string, text: string, verb: string]>> = {
  stop: [
    'Stop this run?',
    'It ends as aborted in the middle of what it does. The service then undoes what it had reserved, by a redrive of its own.',
    'Stop the run',
  ],
  cancel: [
    'Cancel this booking?',
    'In the customer’s name: the booking is undone layer by layer, and what was paid is given back.',
    'Cancel the booking',
  ],
  redrive: [
    'Redrive the undo?',
    'A new run undoes what this one left: what is undone already stays as it is.',
    'Redrive',
  ],
};

const verbs: Readonly<Record<ActionName, string>> = { stop: 'Stop', cancel: 'Cancel booking', redrive: 'Redrive' };

/** What may be done to a run, and what came of it. */
export function RunActions({ name, details }: { readonly name: string; readonly details: RunDetails }) {
  const [asking, ask] = useState<ActionName | undefined>(undefined);
  const [done, tell] = useState<Done | { readonly problem: string } | undefined>(undefined);
  useEffect(() => {
    ask(undefined);
    tell(undefined);
  }, [name]);

  async function act(action: ActionName): Promise<void> {
    ask(undefined);
    tell(undefined);
    try {
      const result = await post<Done>(`/runs/${encodeURIComponent(name)}/${action}`, {});
      tell(result);
      announce(result.text);
    } catch (error) {
      tell({ problem: wordsOf(error) });
    }
  }

  const question = asking && questions[asking];
  return (
    <div class="actions">
      {details.actions.map((action) => (
        <button key={action} type="button" class="button" onClick={() => ask(action)}>
          {verbs[action]}
        </button>
      ))}
      {done !== undefined && <Outcome done={done} />}
      {asking !== undefined && question !== undefined && (
        <Confirm
          title={question[0]}
          text={question[1]}
          verb={question[2]}
          onAnswer={(confirmed) => (confirmed ? void act(asking) : ask(undefined))}
        />
      )}
    </div>
  );
}

function Outcome({ done }: { readonly done: Done | { readonly problem: string } }) {
  if ('problem' in done) {
    return (
      <p class="outcome tone-bad" role="alert">
        {done.problem}
      </p>
    );
  }
  const run = runs.value?.find(({ name }) => name === done.run);
  return (
    <p class="outcome">
      {done.text}
      {run !== undefined && (
        <>
          {' '}
          <Link to={runPath(run.name)}>
            {run.name.split('.').slice(2).join('.')} <Status look={runLook(run.status)} />
          </Link>
        </>
      )}
    </p>
  );
}
