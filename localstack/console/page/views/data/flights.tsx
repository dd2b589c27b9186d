import type { FlightData, FlightRow, SeatState } from '../../../model/data.ts';
import { seatLooks } from '../../../model/data-status.ts';
import { seatMapOf } from '../../../model/seat-map.ts';
import { plural } from '../../../model/words.ts';
import { runPath } from '../../router.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { customerPath, flightPath, tripPath } from './paths.ts';

export function FlightsView({ data: rows }: { readonly data: readonly FlightRow[] }) {
  return (
    <DataTable
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { title: 'Flight', kind: 'head', cell: ({ id }) => <Link to={flightPath(id)}>{id}</Link> },
        { title: 'Route', cell: ({ route }) => route },
        { title: 'Departs', cell: ({ departs }) => minuteOf(departs) },
        { title: 'Ticket', kind: 'figure', cell: ({ price }) => price },
        { title: 'Free', kind: 'figure', cell: ({ free }) => free },
        { title: 'Taken', kind: 'figure', cell: ({ taken }) => taken },
      ]}
    />
  );
}

/** `2021-07-10T06:00:00.000Z` → `2021-07-10 06:00` */
const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

const states: readonly SeatState[] = ['sold', 'held', 'lost', 'free'];

/** Its seats, and who has each. */
export function FlightView({ data: flight }: { readonly data: FlightData }) {
  const { counts, total, cells, left } = seatMapOf(flight);
  return (
    <section class="flight">
      <h2 class="trip-title">{flight.id}</h2>
      <p class="quiet">
        {flight.route}, departs {minuteOf(flight.departs)}, {flight.price} a seat, {plural(total, 'seat')}
      </p>
      <ul class="seat-legend">
        {states
          .filter((state) => state !== 'lost' || counts.lost > 0)
          .map((state) => (
            <li key={state}>
              <Status look={seatLooks[state]} /> <strong>{counts[state]}</strong>
            </li>
          ))}
      </ul>
      <div class="seats" aria-hidden="true">
        {cells.map(({ state, seat }, at) => (
          <span
            key={seat?.executionId ?? at}
            class={`seat seat-${state} tone-${seatLooks[state].tone}`}
            title={seat === undefined ? 'free' : `${seatLooks[state].word}: ${seat.trip}`}
          >
            {state !== 'free' && <Icon name={seatLooks[state].icon} size={12} />}
          </span>
        ))}
      </div>
      {left > 0 && <p class="quiet seats-left">and {plural(left, 'more seat')}</p>}
      {flight.seats.length > 0 && <Holders flight={flight} />}
    </section>
  );
}

function Holders({ flight: { seats } }: { readonly flight: FlightData }) {
  return (
    <DataTable
      caption="Who has a seat"
      rows={seats}
      keyOf={({ executionId }) => executionId}
      columns={[
        { title: 'Seat', cell: ({ state }) => <Status look={seatLooks[state]} /> },
        { title: 'Trip', kind: 'head', cell: ({ trip }) => <Link to={tripPath(trip)}>{trip}</Link> },
        {
          title: 'Customer',
          cell: ({ customer }) => (customer === undefined ? '–' : <Link to={customerPath(customer)}>{customer}</Link>),
        },
        { title: 'Run', kind: 'mono', cell: ({ executionId }) => <Link to={runPath(executionId)}>{executionId}</Link> },
      ]}
    />
  );
}
