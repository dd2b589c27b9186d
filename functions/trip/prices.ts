/** Why a leg has no price: which field makes no sense, and the rule that it breaks. */
export interface PriceRefusal<Field extends string> {
  readonly field: Field;
  /** @param nameOf a field's name in the request */
  rule(nameOf: (field: Field) => string): string;
}

/** The variance lets the compiler name a field that the leg does not have, instead of comparing functions. */
export interface Price<out Field extends string> {
  /** For the API's document: `100.00 a night`. */
  readonly said: string;
  /** In whole units of the flight's currency. */
  of(values: { readonly [Name in Field]: string }): number | PriceRefusal<Field>;
}

interface Period<Field extends string> {
  readonly from: Field;
  readonly to: Field;
}

/** `unit` is for the API's document, where another leg has a price of the same kind: `an insured day`. */
type UnitPeriod<Field extends string> = Period<Field> & { readonly unit?: string };

/** The same however long it lasts. @param unit for the API's document: `an excursion` */
export const flat = (each: number, unit: string): Price<never> => ({ said: saidOf(each, unit), of: () => each });

const longestStayDays = 365;
const dayMilliseconds = 24 * 3600 * 1000;

/** Nights lie between calendar days: one from noon to the next morning, none from morning to evening. */
export const perNight = <const Field extends string>(
  each: number,
  { unit = 'a night', ...period }: UnitPeriod<Field>,
): Price<Field> => perUnit({ each, unit, period, count: nightsBetween, rule: 'at least a day after' });

export const perStartedDay = <const Field extends string>(
  each: number,
  { unit = 'a day', ...period }: UnitPeriod<Field>,
): Price<Field> => perUnit({ each, unit, period, count: startedDaysBetween, rule: 'after' });

function perUnit<Field extends string>({
  each,
  unit,
  period: { from, to },
  count,
  rule,
}: {
  readonly each: number;
  readonly unit: string;
  readonly period: Period<Field>;
  readonly count: (from: string, to: string) => number;
  readonly rule: string;
}): Price<Field> {
  return {
    said: saidOf(each, unit),
    of(values) {
      const units = count(values[from], values[to]);
      if (units >= 1 && units <= longestStayDays) return units * each;
      return { field: to, rule: (nameOf) => `must be ${rule} ${nameOf(from)}, and at most ${longestStayDays} days` };
    },
  };
}

const saidOf = (each: number, unit: string): string => `${each.toFixed(2)} ${unit}`;

function nightsBetween(from: string, to: string): number {
  // Days are those of each place's clock: with another offset a later day can be an earlier time.
  if (Date.parse(to) <= Date.parse(from)) return 0;
  return (dayOf(to) - dayOf(from)) / dayMilliseconds;
}

const startedDaysBetween = (from: string, to: string): number =>
  Math.ceil((Date.parse(to) - Date.parse(from)) / dayMilliseconds);

const dayOf = (timestamp: string): number => Date.parse(timestamp.slice(0, 'YYYY-MM-DD'.length));
