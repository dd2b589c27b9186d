import type { ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Arrow, GraphDifference, Mark } from './graph.ts';

export interface Box {
  readonly name: string;
  readonly type: string;
  readonly mark: Mark;
  /** What stands in it. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

export interface Line {
  readonly arrow: Arrow;
  readonly mark: Exclude<Mark, 'changed'>;
  /** From its beginning to its tip. */
  readonly points: readonly Point[];
  /** Undefined where there is nothing to say. */
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | undefined;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

/** A sign for who does not see the colours. */
export const signs: Readonly<Record<Mark, string>> = { added: '+', removed: '−', changed: '~', same: '' };

const characterWidth = 7.2;
const lineHeight = 16;
const padding = 14;

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '14',
  'elk.edgeLabels.inline': 'true',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
};

/**
 * Places the states of both machines, before and after, layer by layer below each other, by the Eclipse Layout Kernel. The same
 * difference has the same layout. https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html
 */
export async function layOut({ states, arrows }: GraphDifference): Promise<Layout> {
  const { default: elk } = await import('elkjs/lib/elk.bundled.js');
  const known = new Set(states.map(({ name }) => name));
  const drawn = arrows.filter(({ to }) => known.has(to));
  const idOf = new Map(states.map(({ name }, index) => [name, `s${index}`]));
  const textOf = (mark: Mark, text: string): string => `${signs[mark]} ${text}`.trim();
  const labelOf = ({ kind, mark }: (typeof drawn)[number]): string =>
    textOf(mark, kind === 'next' || kind === 'choice' ? '' : kind);

  const graph: ElkNode = await new elk.default().layout({
    id: 'machine',
    layoutOptions: options,
    children: states.map(({ name, mark }) => ({
      id: idOf.get(name) ?? '',
      width: Math.ceil(textOf(mark, name).length * characterWidth) + 2 * padding,
      height: lineHeight + padding,
    })),
    edges: drawn.map((arrow, index) => {
      const text = labelOf(arrow);
      const label = { text, width: text.length * characterWidth, height: lineHeight };
      return {
        id: `a${index}`,
        sources: [idOf.get(arrow.from) ?? ''],
        targets: [idOf.get(arrow.to) ?? ''],
        labels: text === '' ? [] : [label],
      };
    }),
  });
  return {
    width: Math.ceil(graph.width ?? 0),
    height: Math.ceil(graph.height ?? 0),
    boxes: states.map(({ name, mark, state }, index): Box => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.children?.[index] ?? {};
      const place = { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
      return { name, mark, type: String(state.Type), text: textOf(mark, name), ...place };
    }),
    lines: drawn.map((arrow, index): Line => {
      const { sections = [], labels = [] } = graph.edges?.[index] ?? {};
      const [label] = labels;
      return {
        arrow,
        mark: arrow.mark,
        points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
          [startPoint, ...bendPoints, endPoint].map(({ x, y }): Point => [rounded(x), rounded(y)]),
        ),
        label: label && { text: label.text ?? '', x: rounded(label.x ?? 0), y: rounded(label.y ?? 0) },
      };
    }),
  };
}

const rounded = (value: number): number => Math.round(value * 2) / 2;
