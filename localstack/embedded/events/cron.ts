import type { NextRun } from './next-run.ts';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type Fits = (value: number) => boolean;
type FitsDay = (day: Date) => boolean;

const dayMs = 86_400_000;
const searchedDays = 366 * 12;

/** Six fields: minutes hours day-of-month month day-of-week year; `L` and `#` on days as well, `W` not. */
export function compileCron(text: string): NextRun {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', days = '', month = '', weekday = '', years = ''] = fields;
  const fail = (what: string): never => {
    throw new Error(`cron(${text}): ${what}`);
  };
  if (fields.length !== 6) fail('six fields are needed');
  if ((days === '?') === (weekday === '?')) fail('either day-of-month or day-of-week has to be ?, and not both');
  const minuteFits = field(minutes, 0, 59, fail);
  const hourFits = field(hours, 0, 23, fail);
  const monthFits = field(named(month, months, 1), 1, 12, fail);
  const yearFits = field(years, 1970, 2199, fail);
  const dayFits = weekday === '?' ? dayOfMonth(days, fail) : dayOfWeek(named(weekday, weekdays, 1), fail);

  return (afterMs) => {
    const first = Math.floor(afterMs / 60_000) * 60_000 + 60_000;
    const startOfDay = first - (first % dayMs);
    for (let count = 0; count < searchedDays; count++) {
      const day = new Date(startOfDay + count * dayMs);
      if (!yearFits(day.getUTCFullYear()) || !monthFits(day.getUTCMonth() + 1) || !dayFits(day)) continue;
      for (let minute = 0; minute < 24 * 60; minute++) {
        const time = day.getTime() + minute * 60_000;
        if (time >= first && hourFits(Math.floor(minute / 60)) && minuteFits(minute % 60)) return time;
      }
    }
    return undefined;
  };
}

function field(text: string, low: number, high: number, fail: (what: string) => never): Fits {
  const parts = text.split(',').map((part): Fits => {
    const [, range = '', , step] =
      /^(\*|\d+(-\d+)?)(?:\/([1-9]\d*))?$/.exec(part) ?? fail(`"${part}" is not understood`);
    const [from = low, to = step || range === '*' ? high : from] = range === '*' ? [] : range.split('-').map(Number);
    if (from < low || to > high || from > to) fail(`"${part}" is not within ${low}-${high}`);
    return (value) => value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
  return (value) => parts.some((fits) => fits(value));
}

function named(text: string, names: readonly string[], first: number): string {
  return text.replace(/[A-Z]{3}/gi, (name) => {
    const index = names.indexOf(name.toUpperCase());
    return index === -1 ? name : String(index + first);
  });
}

function dayOfMonth(text: string, fail: (what: string) => never): FitsDay {
  if (text === 'L') return (day) => new Date(day.getTime() + dayMs).getUTCDate() === 1;
  const fits = field(text, 1, 31, fail);
  return (day) => fits(day.getUTCDate());
}

function dayOfWeek(text: string, fail: (what: string) => never): FitsDay {
  const [, numbered, nth] = /^([1-7])#([1-5])$/.exec(text) ?? [];
  if (numbered) {
    return (day) => day.getUTCDay() + 1 === Number(numbered) && Math.ceil(day.getUTCDate() / 7) === Number(nth);
  }
  const [, last] = /^([1-7])L$/.exec(text) ?? [];
  if (last) {
    return (day) => day.getUTCDay() + 1 === Number(last) && new Date(day.getTime() + 7 * dayMs).getUTCDate() <= 7;
  }
  const fits = field(text === 'L' ? '7' : text, 1, 7, fail);
  return (day) => fits(day.getUTCDay() + 1);
}
