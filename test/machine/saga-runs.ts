export const booking = {
  trip_id: 'trip-1',
  execution_id: 'trip-1.run',
  started_at: '2026-01-01T00:00:00.000Z',
  outbound_flight_id: 'f1',
};

export const always = Number.POSITIVE_INFINITY;
