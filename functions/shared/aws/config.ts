/** Reads a variable of the environment; one that is missing names itself, at load and not at the first use. */
export function requiredText(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`Environment variable ${name} is missing: the function's stack has to set it`);
  }
  return value;
}

/** A variable that a stage may leave out. */
export function optionalText(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** A whole number of the environment within bounds; one that is missing, or none, names itself. */
export function requiredWholeNumber(name: string, bounds: { min: number; max: number }): number {
  const value = numberOf(name, requiredText(name), bounds);
  if (!Number.isInteger(value)) throw new Error(`Environment variable ${name} must be a whole number, not "${value}"`);
  return value;
}

/** A probability of the environment, 0 where it is not set. */
export function optionalProbability(name: string): number {
  return numberOf(name, process.env[name] || '0', { min: 0, max: 1 });
}

function numberOf(name: string, text: string, { min, max }: { min: number; max: number }): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new Error(`Environment variable ${name} must be a number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}
