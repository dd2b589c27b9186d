import { countLine, quietLine, type Review } from '../review.ts';
import { mostCharacters, type Section, withinBudget } from './budget.ts';
import { policyLines } from './text.ts';

/** For a comment on a pull request: what is dangerous is open, the rest folded. */
export function markdownReport(review: Review, most = mostCharacters): string {
  const { dangers, accepted, groups, policies, machine, drift } = review;
  const quiet = quietLine(review);
  const sections: Section[] = [
    whole(`### ${dangers.length > 0 ? `⚠️ ${dangers.length} dangerous` : '✅ Nothing dangerous'}: ${countLine(review)}`),
    ...listed(
      dangers.map(({ sentence, id }) => `- **${escaped(sentence)}**  \n  accept with \`--accept ${id}\``),
      most / 2,
    ),
    ...(accepted.length > 0 ? [whole('Accepted:')] : []),
    ...listed(
      accepted.map(({ sentence }) => `- ${escaped(sentence)}`),
      most / 8,
    ),
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

/** As many items as fit, and how many there are besides: the first are the worst. */
function listed(items: readonly string[], most: number): Section[] {
  if (items.length === 0) return [];
  let left = most;
  const fitting = items.findIndex((item) => {
    left -= item.length + 1;
    return left < 0;
  });
  const shown = fitting === -1 ? items : items.slice(0, fitting);
  const more = shown.length < items.length ? [`- and ${items.length - shown.length} more: ${elsewhere}`] : [];
  return [whole([...shown, ...more].join('\n'))];
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
