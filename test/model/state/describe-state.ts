import { nameOf } from '#test/model/world.ts';
import { isRequested, isUnfinished, ownerOf, status, statusNames, statusOf } from './header.ts';
import { describeItem, freeSeats, holdsSeat, moneyNames, moneyOf } from './holdings.ts';
import { byteOf, executionCount, hotelAt, paymentAt, type State, tripCount } from './layout.ts';
import { lastTold } from './memories.ts';

const executions = Array.from({ length: executionCount }, (_, execution) => execution);

/** The stored items in one line; T2 only if it has any. */
export function describeState(state: State): string {
  const trips = Array.from({ length: tripCount }, (_, trip) => describeTrip(state, trip)).filter((text) => text !== '');
  const seats = executions.filter((execution) => holdsSeat(state, execution)).map(nameOf);
  const charges = executions.flatMap((execution) => {
    const money = moneyOf(state, execution);
    return money === 0 ? [] : [`${nameOf(execution)} ${moneyNames[money]}`];
  });
  const told = executions.flatMap((execution) => {
    const last = lastTold(state, execution);
    return last === status.none ? [] : [`${nameOf(execution)} ${statusNames[last]}`];
  });
  return [
    ...trips,
    `money ${charges.join(', ') || '-'}`,
    `seats ${freeSeats(state)} free${seats.length > 0 ? `, held by ${seats.join(', ')}` : ''}`,
    `told ${told.join(', ') || '-'}`,
  ].join(' | ');
}

function describeTrip(state: State, trip: number): string {
  const now = statusOf(state, trip);
  const hotel = byteOf(state, hotelAt + trip);
  const payment = byteOf(state, paymentAt + trip);
  if (trip > 0 && now === status.none && hotel === 0 && payment === 0) return '';
  const marks = [isRequested(state, trip) ? 'requested' : '', isUnfinished(state, trip) ? 'unfinished' : ''];
  const attributes = marks
    .filter((mark) => mark !== '')
    .map((mark) => ` ${mark}`)
    .join('');
  const header = now === status.none ? 'none' : `${statusNames[now]}(${nameOf(ownerOf(state, trip))})${attributes}`;
  return `T${trip + 1} header ${header} | hotel ${describeItem(hotel)} | payment ${describeItem(payment)}`;
}
