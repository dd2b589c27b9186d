import type { ComponentType, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { route } from '../../router.ts';
import { openTrouble, showTrouble } from '../../stores/trouble.ts';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { AlarmsView } from './alarms.tsx';
import { DenialsView } from './denials.tsx';
import { LettersView } from './letters.tsx';
import { MessagesView } from './messages.tsx';
import { MetricsView } from './metrics.tsx';
import { UnfinishedView } from './unfinished.tsx';

type View = (answer: unknown) => VNode;

/** What the server sends for an address is what its view shows. */
const shown =
  <Of,>(Shows: ComponentType<{ readonly rows: Of }>): View =>
  (answer) => <Shows rows={answer as Of} />;

interface Kind {
  readonly path: string;
  readonly title: string;
  readonly lead: string;
  readonly view: View;
}

const kinds: readonly Kind[] = [
  {
    path: 'letters',
    title: 'Dead letters',
    lead: 'What the service could not undo, tell or deliver by itself. Mend the cause, then redrive.',
    view: shown(LettersView),
  },
  {
    path: 'unfinished',
    title: 'Unfinished',
    lead: 'Bookings that are not at their end. The reconciler takes up what no run takes care of.',
    view: shown(UnfinishedView),
  },
  {
    path: 'denials',
    title: 'Denied calls',
    lead: 'Calls that no statement of the stack allows, with the statement that is missing.',
    view: shown(DenialsView),
  },
  {
    path: 'alarms',
    title: 'Alarms',
    lead: 'The alarms of the stack, as they would stand on AWS by what happened here.',
    view: shown(AlarmsView),
  },
  {
    path: 'messages',
    title: 'Messages',
    lead: 'What was sent to queues, and the mails that SNS would have sent.',
    view: shown(MessagesView),
  },
  {
    path: 'metrics',
    title: 'Metrics',
    lead: "The functions' own metrics, minute by minute.",
    view: shown(MetricsView),
  },
];

export function TroubleRoom() {
  const { parts } = route.value;
  const kind = kinds.find(({ path }) => path === (parts[1] ?? 'letters'));
  const path = kind?.path;
  useEffect(() => {
    showTrouble(path);
    return () => showTrouble(undefined);
  }, [path]);
  const { kind: open, answer, problem, note } = openTrouble.value;
  return (
    <div class="trouble">
      <header class="page-head">
        <h1>Trouble</h1>
        <p class="lead">{kind?.lead ?? 'Nothing of that name is watched.'}</p>
      </header>
      <nav class="chips filters" aria-label="Kinds of trouble">
        {kinds.map((each) => (
          <Link key={each.path} to={`/trouble/${each.path}`} class="chip" current={each === kind}>
            {each.title}
          </Link>
        ))}
      </nav>
      {problem !== undefined && <Problem text={problem} />}
      {note !== undefined && <p class="empty quiet">{note}</p>}
      {kind !== undefined && open === path && answer === undefined && (problem ?? note) === undefined && (
        <p class="empty quiet">Looking …</p>
      )}
      {kind !== undefined && open === path && answer !== undefined && kind.view(answer)}
    </div>
  );
}
