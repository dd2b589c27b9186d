/** Reads a variable of the environment; one that is missing names itself, at load and not at the first use. */
export function requiredText(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`Environment variable ${name} is missing: the function's stack has to set it`);
  }
  return value;
}

/** A number of the environment within bounds; missing without a default, or no such number, names itself. */
export function requiredNumber(name: string, bounds: { min: number; max: number }): number {
  const text = requiredText(name);
  const value = Number(text);
  if (!Number.isFinite(value) || value < bounds.min || value > bounds.max) {
    throw new Error(`Environment variable ${name} must be a number from ${bounds.min} to ${bounds.max}, not "${text}"`);
  }
  return value;
}
