import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { builtPage, layoutOf } from '../../../localstack/console/build/index.ts';
import { type AslDefinition, edgesOf } from '../../../localstack/console/model/asl.ts';
import { boxHeight, boxWidth, type Layout, type PlacedEdge } from '../../../localstack/console/model/layout.ts';
import asl from '../../../statemachine/booking-saga.asl.json' with { type: 'json' };

it('is at most 60 kB of JavaScript, gzipped', async () => {
  const { script } = await builtPage();

  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(60_000);
});

describe('the drawing of the saga', () => {
  const definition = asl as AslDefinition;
  let layout: Layout;
  beforeAll(async () => {
    layout = await layoutOf(definition);
  });
  const rowOf = (name: string): number => layout.states.find((state) => state.name === name)?.y ?? Number.NaN;

  it('has all states and edges of the definition', () => {
    expect(layout.states.map(({ name }) => name).sort()).toEqual(Object.keys(definition.States).sort());
    expect(layout.edges.map(({ from, to, kind }) => ({ from, to, kind }))).toEqual(edgesOf(definition));
  });

  it('is one for all stages and targets, whose definitions call other functions', async () => {
    const States = Object.fromEntries(
      Object.entries(definition.States).map(([name, state]) => [name, { ...state, Resource: 'arn:aws:elsewhere' }]),
    );

    expect(await layoutOf({ ...definition, States })).toBe(layout);
  });

  it('goes down as it books, and up as it undoes', () => {
    const booking = ['ReserveBooking', 'ReserveHotel', 'ReserveFlight', 'TakePayment', 'ConfirmBooking'];
    const undoing = [
      'CancelBooking',
      'RefundPayment',
      'CancelFlightReservation',
      'CancelHotelReservation',
      'CloseBooking',
    ];

    expect(booking.map(rowOf)).toEqual(booking.map(rowOf).toSorted((one, other) => one - other));
    expect(undoing.map(rowOf)).toEqual(undoing.map(rowOf).toSorted((one, other) => other - one));
  });

  it('has no edge through a box, and no box on another', () => {
    const crossed = layout.edges.flatMap((edge) =>
      layout.states
        .filter(({ name, x, y }) => name !== edge.from && name !== edge.to && passes(edge.points, x, y))
        .map(({ name }) => `${edge.from} to ${edge.to} through ${name}`),
    );
    const overlapping = layout.states.filter((one) =>
      layout.states.some(
        (other) => one !== other && Math.abs(one.x - other.x) < boxWidth && Math.abs(one.y - other.y) < boxHeight,
      ),
    );

    expect(crossed).toEqual([]);
    expect(overlapping).toEqual([]);
  });
});

/** Lines are horizontal or vertical. */
function passes(points: PlacedEdge['points'], x: number, y: number): boolean {
  return points.slice(1).some(([bx, by], at) => {
    const [ax, ay] = points[at] as readonly [number, number];
    return (
      Math.min(ax, bx) < x + boxWidth &&
      Math.max(ax, bx) > x &&
      Math.min(ay, by) < y + boxHeight &&
      Math.max(ay, by) > y
    );
  });
}
