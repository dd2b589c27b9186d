import { basename } from 'node:path';

/** The areas of decisions, in the order in which the index has them. */
export const areas = [
  'The saga',
  'The API',
  'Payments, points and flights',
  'Redrives and audits',
  'Releases and operations',
  'Infrastructure',
  'The local cloud',
  'Tests and tools',
] as const;

interface Decision {
  readonly file: string;
  readonly title: string;
  readonly date: string;
  readonly area: string;
}

/**
 * The index of the decision log: a list for each area, newest first.
 *
 * @param pages path and text of each decision
 * @throws Error where a page does not begin as a decision does; it names the page and the form
 */
export function decisionIndex(pages: readonly (readonly [file: string, text: string])[]): string {
  const decisions = pages.map(([file, text]) => decisionOf(basename(file), text));
  return areas
    .map((area) => ({ area, own: decisions.filter((decision) => decision.area === area) }))
    .filter(({ own }) => own.length > 0)
    .map(({ area, own }) => `## ${area}\n\n${own.sort(newestFirst).map(line).join('\n')}`)
    .join('\n\n');
}

function decisionOf(file: string, text: string): Decision {
  const [, title, date, area] = /^# (.+)\n\n(\d{4}-\d\d-\d\d) · (.+)\n\n\S/.exec(text) ?? [];
  if (title === undefined || date === undefined || area === undefined)
    throw new Error(
      `docs/decisions/${file}: begin with "# Title", an empty line, "2026-11-26 · Area", an empty line, the reason`,
    );
  if (!areas.includes(area as (typeof areas)[number]))
    throw new Error(`docs/decisions/${file}: "${area}" is no area; take one of: ${areas.join('; ')}`);
  return { file, title, date, area };
}

const newestFirst = (a: Decision, b: Decision): number =>
  b.date.localeCompare(a.date) || a.title.replaceAll('`', '').localeCompare(b.title.replaceAll('`', ''), 'en');

const line = ({ file, title, date }: Decision): string => `- ${date} · [${title}](${file})`;
