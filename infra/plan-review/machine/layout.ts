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

/** What ELK answers: its types leave open what it fills in, in the order of what it was given. */
interface Placed extends Size {
  readonly children: readonly (Size & Place)[];
  readonly edges: readonly {
    readonly sections: readonly {
      readonly startPoint: Place;
      readonly bendPoints?: readonly Place[];
      readonly endPoint: Place;
    }[];
    readonly labels: readonly Place[];
  }[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Places the states of both machines, before and after, layer by layer below each other, by the Eclipse Layout Kernel. The same
 * difference has the same layout. https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html
 */
export async function layOut({ states, arrows }: GraphDifference): Promise<Layout> {
  const { default: elk } = await import('elkjs/lib/elk.bundled.js');
  const indexOf = new Map(states.map(({ name }, index) => [name, index]));
  const textOf = (mark: Mark, text: string): string => `${signs[mark]} ${text}`.trim();
  const drawn = arrows
    .filter(({ to }) => indexOf.has(to))
    .map((arrow) => ({
      arrow,
      text: textOf(arrow.mark, arrow.kind === 'next' || arrow.kind === 'choice' ? '' : arrow.kind),
    }));

  const placed = await new elk.default().layout({
    id: 'machine',
    layoutOptions: options,
    children: states.map(({ name, mark }, index) => ({
      id: `s${index}`,
      width: Math.ceil(textOf(mark, name).length * characterWidth) + 2 * padding,
      height: lineHeight + padding,
    })),
    edges: drawn.map(({ arrow: { from, to }, text }, index) => ({
      id: `a${index}`,
      sources: [`s${indexOf.get(from)}`],
      targets: [`s${indexOf.get(to)}`],
      labels: text === '' ? [] : [{ text, width: text.length * characterWidth, height: lineHeight }],
    })),
  });
  const { width, height, children, edges } = placed as unknown as Placed;
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: states.map(({ name, mark, state }, index): Box => {
      const { x, y, ...size } = children[index] as Size & Place;
      const place = { x: rounded(x), y: rounded(y), width: rounded(size.width), height: rounded(size.height) };
      return { name, mark, type: String(state.Type), text: textOf(mark, name), ...place };
    }),
    lines: drawn.map(({ arrow, text }, index): Line => {
      const { sections, labels } = edges[index] as Placed['edges'][number];
      const [label] = labels;
      return {
        arrow,
        mark: arrow.mark,
        points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
          [startPoint, ...bendPoints, endPoint].map(({ x, y }): Point => [rounded(x), rounded(y)]),
        ),
        label: label && { text, x: rounded(label.x), y: rounded(label.y) },
      };
    }),
  };
}

const rounded = (value: number): number => Math.round(value * 2) / 2;
