import { expect, it } from '@jest/globals';
import { decisionIndex } from '#infra/docs/decisions.ts';

const page = (title: string, date: string, area: string): string =>
  `# ${title}\n\n${date} · ${area}\n\nFor a reason.\n`;

it('lists the decisions of each area, newest first, by title where they are of one day', () => {
  expect(
    decisionIndex([
      ['docs/decisions/head.md', page('`HEAD` has routes', '2026-11-25', 'The API')],
      ['docs/decisions/tests.md', page('Tests are quick', '2026-11-22', 'Tests and tools')],
      ['docs/decisions/ids.md', page('One id', '2026-11-26', 'The API')],
      ['docs/decisions/filters.md', page('Filters', '2026-11-25', 'The API')],
    ]),
  ).toBe(`## The API

- 2026-11-26 · [One id](ids.md)
- 2026-11-25 · [Filters](filters.md)
- 2026-11-25 · [\`HEAD\` has routes](head.md)

## Tests and tools

- 2026-11-22 · [Tests are quick](tests.md)`);
});

it.each([
  ['no date', '# Title\n\nThe reason.\n', 'docs/decisions/a.md: begin with "# Title"'],
  ['no reason', '# Title\n\n2026-11-26 · The API\n', 'docs/decisions/a.md: begin with "# Title"'],
  [
    'another area',
    page('Title', '2026-11-26', 'Saga'),
    'docs/decisions/a.md: "Saga" is no area; take one of: The saga;',
  ],
])('given a page with %s, then says the form', (_, text, message) => {
  expect(() => decisionIndex([['docs/decisions/a.md', text]])).toThrow(message);
});
