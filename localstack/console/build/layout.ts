/**
 * Lays a state machine out with the Eclipse Layout Kernel: forwards downwards, what undoes upwards beside it. Layers of an undo are so
 * in the reverse order of what they undo, and light up the other way. https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html
 */
import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type AslDefinition, type Edge, edgesOf, mainPath, undoingOf } from '../model/asl.ts';
import { boxHeight, boxWidth, type Layout, type PlacedEdge } from '../model/layout.ts';

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.layering.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.crossingMinimization.semiInteractive': 'true',
  'elk.layered.thoroughness': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '9',
  'elk.padding': '[top=12,left=12,bottom=12,right=12]',
};

type Port = 'in' | 'out' | 'fail';
const portOf = (state: string, port: Port): string => `${state}:${port}`;

export async function layOut(definition: AslDefinition): Promise<Layout> {
  const edges = edgesOf(definition);
  const { entry, states: undoing } = undoingOf(definition);
  const columns = columnsOf(definition, edges, entry, undoing);
  /** The kernel draws downwards only, so an edge that goes up is given to it the other way round. */
  const goesUp = ({ to }: Edge): boolean => undoing.has(to) && to !== entry;

  function nodeOf(name: string): ElkNode {
    const undoes = undoing.has(name);
    const sides: Readonly<Record<Port, string>> = {
      in: name === entry ? 'WEST' : undoes ? 'SOUTH' : 'NORTH',
      out: undoes ? 'NORTH' : 'SOUTH',
      fail: 'EAST',
    };
    return {
      id: name,
      width: boxWidth,
      height: boxHeight,
      layoutOptions: {
        'elk.portConstraints': 'FIXED_SIDE',
        'elk.portAlignment.default': 'CENTER',
        'elk.position': `(${columns.get(name) ?? 0},0)`,
      },
      ports: Object.entries(sides).map(([port, side]) => ({
        id: portOf(name, port as Port),
        layoutOptions: { 'elk.port.side': side },
      })),
    };
  }

  function edgeOf(edge: Edge, at: number): ElkExtendedEdge {
    const ends = [portOf(edge.from, edge.kind === 'catch' ? 'fail' : 'out'), portOf(edge.to, 'in')];
    const [source = '', target = ''] = goesUp(edge) ? ends.reverse() : ends;
    const isMain = edge.kind === 'next';
    return {
      id: String(at),
      sources: [source],
      targets: [target],
      layoutOptions: {
        'elk.layered.priority.straightness': isMain ? '20' : '0',
        'elk.layered.priority.shortness': isMain ? '5' : '1',
      },
    };
  }

  const drawn: ElkNode = await new elk.default().layout<ElkNode>({
    id: 'machine',
    layoutOptions: options,
    children: Object.keys(definition.States).map(nodeOf),
    edges: edges.map(edgeOf),
  });
  return {
    startAt: definition.StartAt,
    width: Math.ceil(drawn.width ?? 0),
    height: Math.ceil(drawn.height ?? 0),
    states: (drawn.children ?? []).map(({ id, x = 0, y = 0 }) => ({
      name: id,
      type: definition.States[id]?.Type ?? '',
      comment: definition.States[id]?.Comment,
      undoes: undoing.has(id),
      x: Math.round(x),
      y: Math.round(y),
    })),
    edges: (drawn.edges ?? []).map((route, at) => placed(edges[at] as Edge, route, goesUp(edges[at] as Edge))),
  };
}

function placed(edge: Edge, { sections = [] }: ElkExtendedEdge, reversed: boolean): PlacedEdge {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const along = points.map(({ x, y }) => [Math.round(x * 2) / 2, Math.round(y * 2) / 2] as const);
  return { ...edge, points: reversed ? along.reverse() : along };
}

/** Order from left to right within a layer: forwards, then what undoes; what lies off the main path of either on its outer side. */
function columnsOf(
  { StartAt, States }: AslDefinition,
  edges: readonly Edge[],
  entry: string | undefined,
  undoing: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const main = new Set([...mainPath(StartAt, edges), ...(entry === undefined ? [] : mainPath(entry, edges))]);
  return new Map(
    Object.keys(States).map((name) => {
      const isMain = main.has(name);
      return [name, undoing.has(name) ? (isMain ? 2_000 : 3_000) : isMain ? 1_000 : 0];
    }),
  );
}
