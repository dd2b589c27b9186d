import { expect, it } from '@jest/globals';
import { consolePicture } from '#infra/docs/picture.ts';

const having =
  (...names: readonly string[]) =>
  (file: string): boolean =>
    names.some((name) => file === `docs/images/${name}`);

it('is nothing where there is no picture, and the recording where there is one', () => {
  expect(consolePicture(having())).toBe('');
  expect(consolePicture(having('console.gif', 'console-light.png'))).toMatch(
    /^!\[The console: .+\]\(docs\/images\/console\.gif\)$/,
  );
});

it('is a still for light pages, and another one for dark pages where there is one', () => {
  expect(consolePicture(having('console-light.png'))).toMatch(/^!\[.+\]\(docs\/images\/console-light\.png\)$/);
  const both = consolePicture(having('console-light.png', 'console-dark.png'));
  expect(both).toContain('(prefers-color-scheme: dark)" srcset="docs/images/console-dark.png"');
  expect(both).toContain('<img src="docs/images/console-light.png" alt="The console: ');
});
