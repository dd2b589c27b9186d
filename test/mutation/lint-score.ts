import { readFileSync } from 'node:fs';
import { problemsOf } from './judge.ts';
import { pageFile, pageOf } from './page.ts';
import { readScore, scoreFile } from './score.ts';

/** What is wrong with the recorded score and its page, one sentence a problem. */
export function lintScore(): readonly string[] {
  const score = readScore();
  const isOld = readFileSync(pageFile, 'utf8') !== pageOf(score);
  return [
    ...problemsOf(score).map((problem) => `${scoreFile}: ${problem}`),
    ...(isOld
      ? [`${pageFile} is not what ${scoreFile} and survivors.ts say: npm run mutation -- --page writes it`]
      : []),
  ];
}
