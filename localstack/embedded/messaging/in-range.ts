import { invalidSqsParameter } from './error-codes.ts';

/** A number that a request may give. @throws AwsError in AWS's words where it is out of its range */
export function inRange(given: unknown, name: string, least: number, most: number): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (value >= least && value <= most) return value;
  throw invalidSqsParameter(
    `Value ${given} for parameter ${name} is invalid. Reason: Must be >= ${least} and <= ${most}, if provided.`,
  );
}

/** The same of seconds, in milliseconds. */
export function secondsInRange(given: unknown, name: string, most: number): number | undefined {
  const seconds = inRange(given, name, 0, most);
  return seconds === undefined ? undefined : seconds * 1000;
}
