import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { route } from './router.ts';
import { announcement } from './stores/announce.ts';
import { armedFaults } from './stores/faults.ts';
import { connection } from './stores/live.ts';
import { start, startProblem } from './stores/start.ts';
import { Tour } from './tour.tsx';
import { Icon, type NavIcon } from './ui/icon.tsx';
import { Link } from './ui/link.tsx';
import { Problem } from './ui/problem.tsx';
import { BookView } from './views/book/index.tsx';
import { DataRoom } from './views/data/index.tsx';
import { FaultsRoom } from './views/faults/index.tsx';
import { RunView } from './views/run/index.tsx';
import { RunsView } from './views/runs/index.tsx';
import { TroubleRoom } from './views/trouble/index.tsx';

interface Room {
  readonly path: string;
  readonly title: string;
  readonly icon: NavIcon;
  readonly view: ComponentType;
}

/** A room is listed once it is built. */
const rooms: readonly Room[] = [
  { path: '', title: 'Book', icon: 'book', view: BookView },
  { path: 'runs', title: 'Runs', icon: 'runs', view: RunsView },
  { path: 'data', title: 'Data', icon: 'data', view: DataRoom },
  { path: 'trouble', title: 'Trouble', icon: 'trouble', view: TroubleRoom },
  { path: 'faults', title: 'Faults', icon: 'faults', view: FaultsRoom },
];

/** Where nothing can be booked, or made to fail, the room is not offered. */
function isOpen({ path }: Room): boolean {
  const { books = true, faults = true } = start.value ?? {};
  return (path !== '' || books) && (path !== 'faults' || faults);
}

export function App() {
  const { parts } = route.value;
  const room = rooms.find(({ path }) => path === (parts[0] ?? ''));
  const isRun = room?.path === 'runs' && parts.length > 1;
  const View = isRun ? RunView : room?.view;
  const title = isRun ? `Run ${parts[1]}` : room?.title;
  useEffect(() => {
    document.title = `${title ?? 'Nothing here'} · Holiday saga`;
  }, [title]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="shell-bar">
        <div class="brand">
          <BrandMark />
          <span>Holiday saga</span>
        </div>
        <nav aria-label="Views">
          {rooms.filter(isOpen).map(({ path, title: words, icon }) => (
            <Link key={path} to={`/${path}`} class="nav-item" current={room?.path === path}>
              <Icon name={icon} size={20} />
              <span>{words}</span>
            </Link>
          ))}
        </nav>
        <div class="shell-foot">
          <ArmedSign />
          <Connection />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {startProblem.value !== undefined && <Problem text={startProblem.value} />}
        {View === undefined ? <Nothing /> : <View />}
      </main>
      <Tour />
      <div class="unseen" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}

/** Reminds the user of armed faults, by which the next booking may fail. The store announces it. */
function ArmedSign() {
  const { length: count } = armedFaults.value;
  if (count === 0) return null;
  return (
    <Link to="/faults" class="armed-sign tone-warn">
      <Icon name="faults" size={16} />
      <span>
        {count} <span class="armed-noun">{count === 1 ? 'fault' : 'faults'} </span>armed
      </span>
    </Link>
  );
}

function Connection() {
  const words = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' }[connection.value];
  const { target } = start.value ?? {};
  return (
    <div class={`connection connection-${connection.value}`}>
      <span class="connection-dot" aria-hidden="true" />
      <span role="status">{words}</span>
      {target !== undefined && <span class="connection-target">{target}</span>}
    </div>
  );
}

function Nothing() {
  return (
    <section class="empty">
      <h1>Nothing here</h1>
      <p>
        This address is none of the console’s. <Link to="/runs">All runs</Link>
      </p>
    </section>
  );
}

function BrandMark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" class="brand-ground" />
      <path d="M10 7v12a5 5 0 0 0 10 0V13m0 0-4 4m4-4 4 4" class="brand-line" />
    </svg>
  );
}
