import type { GraphDifference, Mark } from './graph.ts';
import { type Box, type Layout, type Line, layOut, signs } from './layout.ts';

/** Colour, and what can be told without it: the width and the dashes of lines. Signs stand in the texts. */
const looks: Readonly<Record<Mark, { fill: string; stroke: string; width: number; dashes?: string }>> = {
  added: { fill: '#dafbe1', stroke: '#1a7f37', width: 3 },
  removed: { fill: '#ffebe9', stroke: '#cf222e', width: 1.5, dashes: '6 4' },
  changed: { fill: '#fff8c5', stroke: '#9a6700', width: 1.5, dashes: '1 3' },
  same: { fill: '#ffffff', stroke: '#57606a', width: 1 },
};
const ink = '#0a3069';
const legendHeight = 44;
const legend: readonly (readonly [Mark, string])[] = [
  ['added', 'added'],
  ['removed', 'removed'],
  ['changed', 'changed'],
];
const legendWidth = 110;

/** The difference of two machines as a drawing of its own, for browsers and for the console. */
export async function svgOf(difference: GraphDifference): Promise<string> {
  return drawn(await layOut(difference), summaryOf(difference));
}

/** `1 state added, 2 removed, 3 changed`, for those who hear it. */
function summaryOf({ states, arrows }: GraphDifference): string {
  const count = (marks: readonly { readonly mark: Mark }[], mark: Mark) =>
    marks.filter((one) => one.mark === mark).length;
  const of = (what: string, marks: readonly { readonly mark: Mark }[]) =>
    `${what}: ${count(marks, 'added')} added, ${count(marks, 'removed')} removed, ${count(marks, 'changed')} changed`;
  return `The state machine's difference. ${of('States', states)}. ${of('Arrows', arrows)}.`;
}

/** @param summary what a screen reader says of it */
export function drawn({ width, height, boxes, lines }: Layout, summary: string): string {
  const [wide, high] = [Math.max(width, legend.length * legendWidth + 32), height + legendHeight];
  const marks = Object.keys(looks) as Mark[];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img" font-family="ui-monospace, monospace" font-size="12">`,
    `<title>${escaped(summary)}</title>`,
    '<defs>',
    ...marks.map(
      (mark) =>
        `<marker id="tip-${mark}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill="${looks[mark].stroke}"/></marker>`,
    ),
    '</defs>',
    `<rect width="${wide}" height="${high}" fill="#ffffff"/>`,
    ...legend.map(([mark, text], index) => legendEntry(mark, text, 16 + index * legendWidth)),
    `<g transform="translate(0 ${legendHeight})">`,
    ...lines.map(lineOf),
    ...boxes.map(boxOf),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const legendEntry = (mark: Mark, text: string, x: number): string =>
  `<g class="legend"><rect x="${x}" y="14" width="22" height="16" rx="3"${strokeOf(mark)} fill="${looks[mark].fill}"/><text x="${x + 30}" y="26" fill="${ink}">${signs[mark]} ${text}</text></g>`;

function strokeOf(mark: Mark): string {
  const { stroke, width, dashes } = looks[mark];
  return ` stroke="${stroke}" stroke-width="${width}"${dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`}`;
}

function boxOf({ name, type, mark, text, x, y, width, height }: Box): string {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const isEnd = type === 'Succeed' || type === 'Fail';
  const shape =
    type === 'Choice'
      ? `<path d="M${x + 10} ${y}H${x + width - 10}L${x + width} ${middleY}L${x + width - 10} ${y + height}H${x + 10}L${x} ${middleY}z"`
      : `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${isEnd ? height / 2 : 4}"`;
  const struck = mark === 'removed' ? ' text-decoration="line-through"' : '';
  return [
    `<g class="state ${mark}" data-state="${escaped(name)}">`,
    `<title>${escaped(`${name} (${type}${mark === 'same' ? '' : `, ${mark}`})`)}</title>`,
    `${shape} fill="${looks[mark].fill}"${strokeOf(mark)}/>`,
    `<text x="${middleX}" y="${middleY + 4}" text-anchor="middle" fill="${ink}"${struck}>${escaped(text)}</text>`,
    '</g>',
  ].join('');
}

function lineOf({ arrow: { from, to, kind }, mark, points, label }: Line): string {
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const said = `${from} → ${to}${kind === 'next' ? '' : ` (${kind})`}${mark === 'same' ? '' : `, ${mark}`}`;
  const text =
    label === undefined
      ? ''
      : `<text x="${label.x}" y="${label.y + 12}" fill="${looks[mark].stroke}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escaped(label.text)}</text>`;
  return `<g class="arrow ${mark}"><title>${escaped(said)}</title><path d="${path}" fill="none"${strokeOf(mark)} marker-end="url(#tip-${mark})"/>${text}</g>`;
}

/** Names of states are the plan's own words: none of them may become markup. Control characters are no XML at all. */
const escaped = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
