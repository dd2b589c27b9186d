import type { ComponentType, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { navigate, route } from '../../router.ts';
import { openData, showData } from '../../stores/data.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { BookingsView } from './bookings.tsx';
import { ChargesView } from './charges.tsx';
import { CustomersView, CustomerView } from './customers.tsx';
import { FlightsView, FlightView } from './flights.tsx';
import { Patterns } from './patterns.tsx';
import { TripView } from './trip.tsx';

type View = (data: unknown) => VNode;

/** What the server sends for an address is what its view shows. */
const shown =
  <Of,>(Shows: ComponentType<{ readonly data: Of }>): View =>
  (data) => <Shows data={data as Of} />;

interface Kind {
  readonly path: string;
  readonly title: string;
  readonly list: View;
  readonly one?: View;
  /** What a search for one asks for. */
  readonly asks?: string;
}

const kinds: readonly Kind[] = [
  { path: 'trips', title: 'Bookings', list: shown(BookingsView), one: shown(TripView), asks: 'Trip id' },
  { path: 'flights', title: 'Flights', list: shown(FlightsView), one: shown(FlightView), asks: 'Flight id' },
  { path: 'customers', title: 'Customers', list: shown(CustomersView), one: shown(CustomerView), asks: 'Customer' },
  { path: 'charges', title: 'Charges', list: shown(ChargesView) },
];

export function DataRoom() {
  const { parts } = route.value;
  const [, path = 'trips', id] = parts;
  const kind = kinds.find((each) => each.path === path);
  const view = id === undefined ? kind?.list : kind?.one;
  const asked = view === undefined ? undefined : `/${path}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  useEffect(() => {
    showData(asked);
    return () => showData(undefined);
  }, [asked]);
  const { seen, problem, path: open } = openData.value;
  return (
    <div class="data">
      <header class="page-head">
        <h1>Data</h1>
        <p class="lead">The single table as it stands. What changes is marked as it happens.</p>
      </header>
      <div class="filters">
        <nav class="chips" aria-label="Parts of the table">
          {kinds.map((each) => (
            <Link key={each.path} to={`/data/${each.path}`} class="chip" current={each === kind}>
              {each.title}
            </Link>
          ))}
        </nav>
        {kind?.asks !== undefined && <OpenOne kind={kind} asks={kind.asks} />}
      </div>
      {problem !== undefined && <Problem text={problem} />}
      {view === undefined && (
        <p class="empty quiet">
          The console shows nothing of that name. <Link to="/data">All bookings</Link>
        </p>
      )}
      {view !== undefined && seen !== undefined && open === asked && (
        <>
          {view(seen.data)}
          <Patterns seen={seen} />
        </>
      )}
    </div>
  );
}

function OpenOne({ kind, asks }: { readonly kind: Kind; readonly asks: string }) {
  return (
    <form
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        const id = String(new FormData(event.currentTarget).get('id') ?? '').trim();
        if (id !== '') navigate(`/data/${kind.path}/${encodeURIComponent(id)}`);
      }}
    >
      <label>
        <span class="unseen">{asks}, then Enter</span>
        <Icon name="search" />
        <input type="search" name="id" placeholder={asks} autocomplete="off" />
      </label>
    </form>
  );
}
