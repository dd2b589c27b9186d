import type { FlightData, FlightRow, SeatState } from '../../../model/data.ts';
import { seatLooks } from '../../../model/data-status.ts';
import { seatMapOf } from '../../../model/seat-map.ts';
import { plural } from '../../../model/words.ts';
import { runPath } from '../../router.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { customerPath, flightPath, tripPath } from './paths.ts';

export function FlightsView({ data: rows }: { readonly data: readonly FlightRow[] }) {
  return (
    <table class="table data-table">
      <thead>
        <tr>
          <th scope="col">Flight</th>
          <th scope="col">Route</th>
          <th scope="col">Departs</th>
          <th scope="col" class="figure">
            Ticket
          </th>
          <th scope="col" class="figure">
            Free
          </th>
          <th scope="col" class="figure">
            Taken
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, route, departs, price, free, taken }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={flightPath(id)}>{id}</Link>
            </th>
            <td>{route}</td>
            <td>{departs.slice(0, 16).replace('T', ' ')}</td>
            <td class="figure">{price}</td>
            <td class="figure">{free}</td>
            <td class="figure">{taken}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const states: readonly SeatState[] = ['sold', 'held', 'lost', 'free'];

/** Its seats, and who has each. */
export function FlightView({ data: flight }: { readonly data: FlightData }) {
  const { counts, total, cells, left } = seatMapOf(flight);
  return (
    <section class="flight">
      <h2 class="trip-title">{flight.id}</h2>
      <p class="quiet">
        {flight.route}, departs {flight.departs.slice(0, 16).replace('T', ' ')}, {flight.price} a seat,{' '}
        {plural(total, 'seat')}
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
      {left > 0 && <p class="quiet">and {plural(left, 'more seat')}</p>}
      {flight.seats.length > 0 && <Holders flight={flight} />}
    </section>
  );
}

function Holders({ flight: { seats } }: { readonly flight: FlightData }) {
  return (
    <table class="table data-table">
      <caption class="unseen">Who has a seat</caption>
      <thead>
        <tr>
          <th scope="col">Seat</th>
          <th scope="col">Trip</th>
          <th scope="col">Customer</th>
          <th scope="col">Run</th>
        </tr>
      </thead>
      <tbody>
        {seats.map(({ state, trip, customer, executionId }) => (
          <tr key={executionId}>
            <td>
              <Status look={seatLooks[state]} />
            </td>
            <th scope="row">
              <Link to={tripPath(trip)}>{trip}</Link>
            </th>
            <td>{customer === undefined ? '–' : <Link to={customerPath(customer)}>{customer}</Link>}</td>
            <td class="mono">
              <Link to={runPath(executionId)}>{executionId}</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
