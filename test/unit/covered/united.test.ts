import { describe, expect, it } from '@jest/globals';
import { type FileCoverage, sum, united } from '../../covered/united.ts';

const at = (line: number, column = 0) => ({ line, column });
const range = (from: number, to: number, column = 0) => ({ start: at(from, column), end: at(to, 100) });

/** @param lines how often each line ran, from the first @param branches with how often they ran */
const coverage = (
  lines: readonly number[],
  branches: readonly (readonly [ReturnType<typeof range>, number])[] = [],
): FileCoverage => ({
  statementMap: Object.fromEntries(lines.map((_, index) => [index, range(index + 1, index + 1)])),
  s: Object.fromEntries(lines.entries()),
  fnMap: {},
  f: {},
  branchMap: Object.fromEntries(branches.map(([location], index) => [index, { locations: [location] }])),
  b: Object.fromEntries(branches.map(([, count], index) => [index, [count]])),
});

describe('what ran of a file', () => {
  it('is what ran in either process', () => {
    const { lines } = united(coverage([1, 1, 0, 0]), coverage([1, 0, 1, 0]));

    expect(lines).toEqual({ covered: 3, total: 4 });
  });

  it('has the branches of the tests’ own process, each judged by the innermost one around it elsewhere', () => {
    const own = coverage(
      [1, 1, 1],
      [
        [range(2, 2), 0],
        [range(3, 3), 0],
        [range(1, 1), 1],
      ],
    );
    const elsewhere = coverage(
      [1, 1, 1],
      [
        [range(1, 3), 5],
        [range(3, 3), 0],
      ],
    );

    expect(united(own, elsewhere).branches).toEqual({ covered: 2, total: 3 });
    expect(united(own, undefined).branches).toEqual({ covered: 1, total: 3 });
  });

  it('has the branches of the others where it did not run in the tests’ own process', () => {
    const own = coverage([0, 0], [[range(1, 2), 0]]);
    const elsewhere = coverage(
      [1, 1],
      [
        [range(1, 2), 1],
        [range(2, 2, 5), 0],
      ],
    );

    expect(united(own, elsewhere)).toEqual({ lines: { covered: 2, total: 2 }, branches: { covered: 1, total: 2 } });
  });

  it('is nothing where it ran nowhere', () => {
    expect(united(coverage([0], [[range(1, 1), 0]]), undefined)).toEqual({
      lines: { covered: 0, total: 1 },
      branches: { covered: 0, total: 1 },
    });
  });

  it('has one branch for two that begin at one place', () => {
    expect(
      united(
        coverage(
          [1],
          [
            [range(1, 1), 1],
            [range(1, 1), 1],
          ],
        ),
        undefined,
      ).branches,
    ).toEqual({
      covered: 1,
      total: 1,
    });
  });

  it('counts functions that did not run as not run', () => {
    const own = coverage([1, 0], [[range(2, 2), 0]]);
    const elsewhere = { ...coverage([1, 0]), fnMap: { 0: { loc: range(2, 2) } }, f: { 0: 0 } };

    expect(united(own, elsewhere).branches).toEqual({ covered: 0, total: 1 });
  });
});

it('counts add up', () => {
  expect(
    sum([
      { covered: 1, total: 2 },
      { covered: 3, total: 3 },
    ]),
  ).toEqual({ covered: 4, total: 5 });
});
