import { type Level, levels } from './log-record.ts';

/** Which of the functions' log lines are wanted; a function has any level, a level has any function. */
export interface LogFilter {
  /** Ends of function names. Empty: all functions. */
  readonly functions: readonly string[];
  /** The least level. */
  readonly level: Level;
}

/** @param words each a level, the end of a function's name, or `all`; undefined: no lines are wanted */
export function logFilterOf(words: readonly string[] | undefined): LogFilter | undefined {
  if (words === undefined || words.length === 0) return undefined;
  const isLevel = (word: string): word is Level => (levels as readonly string[]).includes(word);
  const wanted = words.filter(isLevel);
  return {
    functions: words.filter((word) => !isLevel(word) && word !== 'all'),
    level: levels.find((level) => wanted.includes(level)) ?? 'trace',
  };
}

/** @returns words of the filter that no function's name ends with */
export function unknownFunctions({ functions }: LogFilter, names: readonly string[]): string[] {
  return functions.filter((word) => !names.some((name) => isNamed(name, word)));
}

export const wants = (filter: LogFilter, name: string, level: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(filter.level) &&
  (filter.functions.length === 0 || filter.functions.some((word) => isNamed(name, word)));

const isNamed = (name: string, word: string): boolean =>
  name === word || name.endsWith(`-${word}`) || name.endsWith(`_${word}`);
