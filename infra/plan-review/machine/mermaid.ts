import type { GraphDifference, Mark } from './graph.ts';

const boxes: Readonly<Record<string, readonly [string, string]>> = {
  Choice: ['{', '}'],
  Succeed: ['([', '])'],
  Fail: ['([', '])'],
};

const shown: Readonly<Record<Mark, string>> = { added: '+ ', removed: '− ', changed: '~ ', same: '' };

const arrows: Readonly<Record<Mark, Readonly<{ line: string; label: string }>>> = {
  added: { line: '==>', label: '+ ' },
  removed: { line: '-.->', label: '− ' },
  changed: { line: '-->', label: '' },
  same: { line: '-->', label: '' },
};

/**
 * The difference as a Mermaid flowchart. What changes is marked by a sign and a kind of line, and by colour besides, so that
 * it can be read without colours, too.
 * @returns lines without the fence
 */
export function mermaidOf({ states, arrows: all }: GraphDifference): string[] {
  const idOf = new Map(states.map(({ name }, index) => [name, `s${index}`]));
  const nodes = states.map(({ name, mark, state }) => {
    const [open, close] = boxes[String(state.Type)] ?? ['[', ']'];
    return `  ${idOf.get(name)}${open}"${escaped(`${shown[mark]}${name}`)}"${close}${mark === 'same' ? '' : `:::${mark}`}`;
  });
  const lines = all
    .filter(({ to }) => idOf.has(to))
    .map(({ from, to, kind, mark }) => {
      const { line, label } = arrows[mark];
      const text = `${label}${kind === 'next' || kind === 'choice' ? '' : kind}`.trim();
      return `  ${idOf.get(from)} ${line}${text === '' ? '' : `|"${text}"|`} ${idOf.get(to)}`;
    });
  return [
    'flowchart TD',
    ...nodes,
    ...lines,
    '  classDef added fill:#dafbe1,stroke:#1a7f37,color:#0a3069',
    '  classDef removed fill:#ffebe9,stroke:#cf222e,color:#0a3069,stroke-dasharray:4',
    '  classDef changed fill:#fff8c5,stroke:#9a6700,color:#0a3069',
  ];
}

/** https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
const escaped = (text: string): string =>
  text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
