import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { blocksOf, commandsOf } from '#infra/docs/blocks.ts';
import { allPages } from '#infra/docs/pages.ts';
import { projectRoot } from '#infra/paths.ts';

describe('a block', () => {
  it('has its language, its text and its line', () => {
    expect(blocksOf('# Page\n\n```sh\nnpm test\n```\n\n- item\n\n  ```json file\n  {}\n  ```\n')).toEqual([
      { line: 3, language: 'sh', text: 'npm test\n', mark: undefined },
      { line: 9, language: 'json', text: '  {}\n', mark: undefined },
    ]);
  });

  it.each([
    ['not run: needs an account', { kind: 'not run', reason: 'needs an account' }],
    ['run by test/a.test.ts', { kind: 'run by', file: 'test/a.test.ts' }],
    ['run with LOAD=full', { kind: 'run with LOAD=full' }],
    ['not run:', undefined],
    ['another comment', undefined],
  ])('with the comment %s above it', (comment, mark) => {
    expect(blocksOf(`Text\n\n<!-- ${comment} -->\n\`\`\`sh\nls\n\`\`\`\n`)[0]?.mark).toEqual(mark);
  });

  it('may show another block', () => {
    expect(blocksOf('````md\n```sh\nls\n```\n````\n').map(({ language }) => language)).toEqual(['md']);
  });
});

const pages = [...allPages()];

it('every block of every page names its language, so that commands are known as such', () => {
  const unnamed = pages.flatMap(([page, text]) =>
    blocksOf(text).flatMap(({ language, line }) => (language === '' ? [`${page}:${line}`] : [])),
  );
  expect(unnamed).toEqual([]);
});

it('every test that a page names for its commands is there', () => {
  const files = pages.flatMap(([, text]) =>
    commandsOf(text).flatMap(({ mark }) => (mark?.kind === 'run by' ? [mark.file] : [])),
  );
  expect(files.filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
});

it('given a comment further up, when read, then the mark is still that of the comment directly above', () => {
  const page = '<!-- cost:end -->\n\n## More\n\n<!-- not run: needs an account -->\n```sh\napply\n```\n';

  expect(commandsOf(page)).toMatchObject([{ mark: { kind: 'not run', reason: 'needs an account' } }]);
});
