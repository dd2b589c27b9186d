import { expect, it } from '@jest/globals';
import { contents } from '#infra/docs/contents.ts';

it('lists pages by what a reader needs first, then by name, each with its first sentence', () => {
  expect(
    contents([
      ['docs/zebra.md', '# Zebras\n\nWhat zebras do. And more.\n'],
      ['docs/deploy.md', '# Deploy to AWS\n\n<!-- a comment -->\n\nFrom an empty account\nto a booking. Then more.\n'],
      ['docs/api.md', '# The API\n\nREST and GraphQL:\n\n- one\n'],
      ['docs/ants.md', '# Ants\n\n`npm run ants` counts them.\n'],
    ]),
  ).toBe(`- [The API](api.md): REST and GraphQL.
- [Deploy to AWS](deploy.md): From an empty account to a booking.
- [Ants](ants.md): \`npm run ants\` counts them.
- [Zebras](zebra.md): What zebras do.`);
});

it('given a page without a sentence, then says what it has to begin with', () => {
  expect(() => contents([['docs/a.md', '# A\n\n| a | b |\n|---|---|\n']])).toThrow('docs/a.md: begin with "# Title"');
});
