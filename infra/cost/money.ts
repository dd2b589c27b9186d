/** Dollars as a person reads them: never `8.3e-7`. */
export function dollars(value: number): string {
  if (value === 0) return '$0';
  if (value < 0.0001) return '< $0.0001';
  const decimals = value >= 100 ? 0 : value >= 1 ? 2 : value >= 0.01 ? 3 : 4;
  return `$${value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;
}

export const whole = (value: number): string => Math.floor(value).toLocaleString('en-US');

/** With decimals where there are some: more of a small number. */
export const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 1 ? 2 : 1 });
