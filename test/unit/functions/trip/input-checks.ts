export const accepts = (schema: { safeParse(input: unknown): { success: boolean } }, input: unknown): boolean =>
  schema.safeParse(input).success;

export const mandatory = [
  'trip_id',
  'execution_id',
  'started_at',
  'outbound_flight_id',
  'customer',
  'depart',
  'depart_at',
  'arrive',
  'arrive_at',
  'payment_token',
  'amount',
  'currency',
] as const;
