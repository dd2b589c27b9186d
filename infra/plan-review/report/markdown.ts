import { countLine, quietLine, type Review } from '../review.ts';
import { type Section, withinBudget } from './budget.ts';
import { policyLines } from './text.ts';

/** For a comment on a pull request: what is dangerous is open, the rest folded. */
export function markdownReport(review: Review, most?: number): string {
  const { dangers, accepted, groups, policies, machine, drift } = review;
  const quiet = quietLine(review);
  const sections: Section[] = [
    whole(`### ${dangers.length > 0 ? `⚠️ ${dangers.length} dangerous` : '✅ Nothing dangerous'}: ${countLine(review)}`),
    ...inParts(dangers.map(({ sentence, id }) => `- **${escaped(sentence)}**  \n  accept with \`--accept ${id}\``)),
    ...(accepted.length > 0
      ? [whole(`Accepted:\n\n${accepted.map(({ sentence }) => `- ${escaped(sentence)}`).join('\n')}`)]
      : []),
    ...(machine
      ? [folded('The state machine', [...fenced('diff', machine.lines), '', ...fenced('mermaid', machine.mermaid)])]
      : []),
    ...(policies.length > 0 && !review.isFirst
      ? [
          folded(
            `Permissions, one by one (${policies.length})`,
            fenced('diff', policies.flatMap(policyLines).map(asDiff)),
          ),
        ]
      : []),
    ...groups.map(({ heading, lines }) => folded(`${heading} (${resources(lines)})`, fenced('diff', lines))),
    ...(drift.length > 0
      ? [
          folded(
            'Drift: changed outside of Terraform',
            fenced(
              'diff',
              drift.flatMap(({ lines }) => lines),
            ),
          ),
        ]
      : []),
    ...(quiet === undefined ? [] : [whole(quiet)]),
  ];
  return withinBudget(sections, most);
}

const elsewhere = 'run `npm run plan:review` to see it';

const whole = (text: string): Section => ({ text, instead: '' });

/** A long list is cut between its items only. */
function inParts(items: readonly string[]): Section[] {
  const shown = 100;
  if (items.length === 0) return [];
  const more = items.length > shown ? [`- and ${items.length - shown} more: ${elsewhere}`] : [];
  const text = [...items.slice(0, shown), ...more].join('\n');
  return [{ text, instead: `${items.length} dangers are too many to show here: ${elsewhere}` }];
}

const folded = (title: string, lines: readonly string[]): Section => ({
  text: `<details><summary>${escaped(title)}</summary>\n\n${lines.join('\n')}\n\n</details>`,
  instead: `_${escaped(title)}: too long to show here, ${elsewhere}._`,
});

/** The fence is longer than any in the lines, so that no line can end it. */
function fenced(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}

/** Signs at the beginning of a line are what colours a diff. */
const asDiff = (line: string): string => line.replace(/^ {2}([+-])/, '$1 ');

const resources = (lines: readonly string[]): number => lines.filter((line) => !line.startsWith(' ')).length;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/([*_`[\]|])/g, '\\$1');
