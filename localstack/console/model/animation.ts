/** A run as a picture that moves: its state machine lights up in the order in which the run went through it. */
import { edgeViews, roundedPath, stateViews } from './graph.ts';
import { boxHeight, boxWidth, type Layout } from './layout.ts';
import { stopsOf } from './replay.ts';
import { runModelOf } from './run.ts';
import type { Tone } from './status.ts';
import type { RunEvent } from './wire.ts';

const stepSeconds = 0.42;
const restSeconds = 3;

/** Light and dark, as page/styles/tokens.css has them: line, ground and ink of each tone. */
const tones: Readonly<Record<Tone, readonly [light: string, dark: string]>> = {
  good: ['#9fd9c1 #e2f5ed #0b7a55', '#22614a #10291f #4fd1a1'],
  bad: ['#f0b3b8 #fdebec #c02a37', '#7a2e35 #331619 #ff8b92'],
  busy: ['#a4c5f7 #e6effd #1c62d1', '#2a508c #12243f #7db3ff'],
  warn: ['#eccb8f #fdf2de #96590a', '#6e5220 #2e2210 #f2bd62'],
  idle: ['#c9ced8 #eef0f4 #4d5666', '#3a424f #11151b #a9b2c1'],
};
const ways = { forward: 'good', failure: 'bad', undo: 'warn' } as const;

/** Something that is seen from one step on, and until another one where it gives way. */
interface Layer {
  readonly key: string;
  readonly from: number;
  until: number | undefined;
  readonly svg: string;
}

/** @returns an SVG that needs no script, follows the reader's light or dark, and stands still where motion is not wanted */
export function animatedRun(layout: Layout, events: readonly RunEvent[], title: string): string {
  const stops = stopsOf(events);
  const shown = new Map<string, Layer>();
  const layers: Layer[] = [];
  for (const [step, count] of stops.entries()) {
    const model = runModelOf(events.slice(0, count));
    const now = events[count - 1]?.at ?? 0;
    for (const { key, svg } of [...edgesOf(layout, model), ...boxesOf(layout, model, now)]) {
      const before = shown.get(key);
      if (before?.svg === svg) continue;
      if (before !== undefined) before.until = step;
      const layer: Layer = { key, from: step, until: undefined, svg };
      shown.set(key, layer);
      layers.push(layer);
    }
  }
  return drawing(layout, layers, stops.length, title);
}

type Shape = Pick<Layer, 'key' | 'svg'>;
type Model = ReturnType<typeof runModelOf>;

function boxesOf(layout: Layout, model: Model, now: number): Shape[] {
  return stateViews(layout, model, now).flatMap(({ place: { name, x, y }, look }) =>
    look === undefined ? [] : [{ key: name, svg: box({ name, x, y, note: look.word }, `t-${look.tone}`) }],
  );
}

function edgesOf(layout: Layout, model: Model): Shape[] {
  return edgeViews(layout, model).flatMap(({ place, passed, path }) =>
    passed === undefined
      ? []
      : [{ key: `${place.from} ${place.to}`, svg: `<path class="e w t-${ways[passed]}" d="${path}"/>` }],
  );
}

interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly note?: string;
}

function box({ name, x, y, note }: Box, tone: string): string {
  const lines = linesOf(name);
  const texts = [
    ...lines.map((line, at) => ({ line, kind: 'n', at: at * 14 })),
    ...(note === undefined ? [] : [{ line: note, kind: 's', at: lines.length * 14 - 1 }]),
  ];
  const top = y + boxHeight / 2 - (texts.length * 14) / 2 + 11;
  const words = texts.map(
    ({ line, kind, at }) => `<text class="${kind}" x="${x + 14}" y="${top + at}">${escaped(line)}</text>`,
  );
  const rect = `<rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="9"/>`;
  return `<g class="b ${tone}">${rect}${words.join('')}</g>`;
}

const longestLine = 20;

/** Broken before a word, where it is too long: `SendToDeadLetter`, `Queue`. */
function linesOf(name: string): string[] {
  const lines = [''];
  for (const word of name.split(/(?=[A-Z ])/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && (last + word).length > longestLine) lines.push(word.trimStart());
    else lines[lines.length - 1] = last + word;
  }
  return lines;
}

function drawing(
  { width, height, states, edges }: Layout,
  layers: readonly Layer[],
  steps: number,
  title: string,
): string {
  const seconds = steps * stepSeconds + restSeconds;
  const percent = (step: number): string => `${((step * stepSeconds * 100) / seconds).toFixed(2)}%`;
  const rules = layers.map(({ from, until }, at) => {
    const off = until === undefined ? '' : `${percent(until)}{opacity:0}`;
    const on = from === 0 ? '0%{opacity:1}' : `0%{opacity:0}${percent(from)}{opacity:1}`;
    return `@keyframes k${at}{${on}${off}}#l${at}{animation-name:k${at}}`;
  });
  const ahead = [
    ...edges.map(({ kind, points }) => `<path class="e${kind === 'catch' ? ' c' : ''}" d="${roundedPath(points)}"/>`),
    ...states.map((state) => box(state, 'a')),
  ];
  const seen = layers.map(
    ({ svg, until }, at) => `<g id="l${at}" class="l${until === undefined ? '' : ' gone'}">${svg}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>${styles(seconds)}
${rules.join('\n')}</style>
<rect class="g" width="${width}" height="${height}" rx="14"/>
${ahead.join('\n')}
${seen.join('\n')}
</svg>
`;
}

function styles(seconds: number): string {
  const tone = (scheme: 0 | 1): string =>
    Object.entries(tones)
      .map(([name, values]) => {
        const [line, ground, ink] = (values[scheme] ?? '').split(' ');
        return `.t-${name}{--l:${line};--s:${ground};--i:${ink}}`;
      })
      .join('');
  const base = (ground: string, line: string, ink: string): string => `svg{--g:${ground};--n:${line};--t:${ink}}`;
  return `${base('#fff', '#c9ced8', '#171b24')}${tone(0)}
@media(prefers-color-scheme:dark){${base('#161a21', '#3a424f', '#e8ebf1')}${tone(1)}}
.g{fill:var(--g)}.e{fill:none;stroke:var(--n);stroke-width:1.5}.c{stroke-dasharray:4 4}.w{stroke:var(--i);stroke-width:2.5}
rect{stroke-width:1.5}.b rect{fill:var(--s);stroke:var(--l)}.a rect{fill:var(--g);stroke:var(--n);stroke-dasharray:4 3}
text{font:500 11px system-ui,sans-serif;fill:var(--i)}.n{font-weight:600;font-size:12.5px;fill:var(--t)}.a text{opacity:.65}.g{stroke:none}
.l{animation:${seconds.toFixed(2)}s step-end infinite}
@media(prefers-reduced-motion:reduce){.l{animation:none}.gone{display:none}}`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');
