const TIMESTAMP =
  /^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339, with a time and its offset: what the Amazon States Language takes for a timestamp. */
export const isTimestamp = (value: unknown): value is string => typeof value === 'string' && TIMESTAMP.test(value);
