import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anchorOf, anchorsOf, deadLinks, leadsSomewhere, linksOf } from '#infra/docs/links.ts';
import { allPages, filesOf } from '#infra/docs/pages.ts';
import { projectRoot } from '#infra/paths.ts';

const isThere = (path: string): boolean => existsSync(join(projectRoot, path));

it('no page has a link that leads nowhere', () => {
  expect(deadLinks(allPages(), isThere)).toEqual([]);
});

it('every page that the sources name is there, with its heading', () => {
  const pages = allPages();
  const named = [...filesOf('{functions,infra,localstack,schema,statemachine}/**/*.{ts,json}')].flatMap(
    ([file, text]) =>
      [...text.matchAll(/(?<![\w/-])docs\/[\w/-]+\.md(?:#[\w-]+)?/g)].map(([link]) => [file, link] as const),
  );
  const dead = named.filter(([, link]) => !leadsSomewhere('', link, pages, isThere));

  expect(named.length).toBeGreaterThan(0);
  expect(dead).toEqual([]);
});

describe('the name of a heading', () => {
  it.each([
    ['Bookings over REST', 'bookings-over-rest'],
    ["The saga's rules", 'the-sagas-rules'],
    ['`HEAD` has routes, too', 'head-has-routes-too'],
    ['1. The record', '1-the-record'],
    ['Points & messages', 'points--messages'],
    ['A [link](page.md) in it', 'a-link-in-it'],
  ])('%s is #%s', (heading, anchor) => {
    expect(anchorOf(heading)).toBe(anchor);
  });

  it('is numbered where a page has it twice, and none is made of a comment in a command', () => {
    expect([...anchorsOf('# Page\n\n## Look\n\n```sh\n# no heading\n```\n\n## Look\n')]).toEqual([
      'page',
      'look',
      'look-1',
    ]);
  });
});

describe('a link', () => {
  const pages = new Map([
    ['docs/a.md', '# A\n\n[b](b.md), [up](../README.md#home), [here](#a), ![picture](images/a.png "A")\n'],
    [
      'docs/b.md',
      '# B\n\n[gone](c.md), [no heading](a.md#b), <img src="images/b.png">, [web](https://example.com/x#y)\n',
    ],
    ['README.md', '# Home\n\n[folder](docs), `[code](none.md)`\n\n```md\n[example](none.md)\n```\n'],
  ]);
  const exists = (path: string): boolean => [...pages.keys(), 'docs', 'docs/images/a.png'].includes(path);

  it('is dead where its file or its heading is not there', () => {
    expect(deadLinks(pages, exists)).toEqual(['docs/b.md: c.md', 'docs/b.md: a.md#b', 'docs/b.md: images/b.png']);
  });

  it('to another site is not looked at', () => {
    expect(linksOf('[web](https://example.com), [mail](mailto:a@b.c), [page](a.md)')).toEqual(['a.md']);
  });
});
