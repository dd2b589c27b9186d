/** A fenced block of a page. */
export interface Block {
  /** Of its first line in the page, from 1. */
  readonly line: number;
  /** The first word behind the fence: `sh`, `json`, `text`. Empty where there is none. */
  readonly language: string;
  readonly text: string;
  /** Of the comment directly above: `<!-- not run: reason -->`, `<!-- run by file -->`, `<!-- run with LOAD=full -->`. */
  readonly mark: Mark | undefined;
}

export type Mark =
  | { readonly kind: 'not run'; readonly reason: string }
  | { readonly kind: 'run by'; readonly file: string }
  | { readonly kind: 'run with LOAD=full' };

const fenced = /^(?: *<!-- ([^\n]+?) -->\n+)?^( *)(`{3,})([^\s`]*)[^\n]*\n(.*?)^\2\3 *$/gms;

/** All fenced blocks, in order. */
export const blocksOf = (page: string): readonly Block[] =>
  [...page.matchAll(fenced)].map(({ index, 0: whole, 1: comment, 4: language = '', 5: text = '' }) => ({
    line: page.slice(0, index + whole.search(/`{3}/)).split('\n').length,
    language,
    text,
    mark: markOf(comment ?? ''),
  }));

function markOf(comment: string): Mark | undefined {
  const [, reason] = /^not run: (.+)$/.exec(comment) ?? [];
  if (reason !== undefined) return { kind: 'not run', reason };
  const [, file] = /^run by (\S+)$/.exec(comment) ?? [];
  if (file !== undefined) return { kind: 'run by', file };
  return comment === 'run with LOAD=full' ? { kind: 'run with LOAD=full' } : undefined;
}

/** Blocks of commands, which a reader copies into a terminal. */
export const commandsOf = (page: string): readonly Block[] =>
  blocksOf(page).filter(({ language }) => ['sh', 'bash', 'shell', 'console', 'zsh'].includes(language));
