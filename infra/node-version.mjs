/** Which Node runs the scripts. Plain JavaScript, since a Node that is too old does not even read TypeScript. */
import { readFileSync } from 'node:fs';

/**
 * Whether a version fits a range as `engines` has it: alternatives of `^22.18.0`, which stays within a major version, and
 * `>=26.0.0`.
 *
 * @param {string} version as `process.version` has it
 * @param {string} range
 * @returns {boolean}
 */
export function fits(version, range) {
  const has = numbers(version);
  return range.split('||').some((alternative) => {
    const wanted = numbers(alternative);
    return isAtLeast(has, wanted) && (!alternative.includes('^') || has[0] === wanted[0]);
  });
}

/**
 * What to say to a Node that does not fit; undefined where it does.
 *
 * @param {string} version
 * @param {string} range
 * @returns {string | undefined}
 */
export const refusalOf = (version, range) =>
  fits(version, range)
    ? undefined
    : `Node ${version} cannot run this: it needs Node ${inWords(range)}. npm ci installs one for the scripts; without its install scripts, use such a Node yourself.`;

/**
 * @param {string} range
 * @returns {string}
 */
export const inWords = (range) =>
  range
    .split('||')
    .map((alternative) => numbers(alternative).slice(0, 2).join('.') + (alternative.includes('^') ? '' : ' or newer'))
    .join(', ');

/** @returns {string} */
export const wantedNode = () =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node;

/** @param {string} text @returns {number[]} */
function numbers(text) {
  return (/\d+(?:\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);
}

/** @param {number[]} has @param {number[]} wanted @returns {boolean} */
function isAtLeast(has, wanted) {
  for (const [place, number] of wanted.entries()) {
    const own = has[place] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}
