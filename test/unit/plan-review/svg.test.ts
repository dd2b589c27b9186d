import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareGraphs, type Graph, graphOf } from '#infra/plan-review/machine/graph.ts';
import { layOut } from '#infra/plan-review/machine/layout.ts';
import { svgOf } from '#infra/plan-review/machine/svg.ts';

const graph = (States: object): Graph => graphOf(JSON.stringify({ StartAt: 'A', States })) as Graph;

const before = graph({
  A: { Type: 'Task', Next: 'B', Catch: [{ Next: 'C' }] },
  B: { Type: 'Choice', Choices: [{ Next: 'E' }], Default: 'E' },
  C: { Type: 'Fail' },
  E: { Type: 'Succeed' },
});
const after = graph({
  A: { Type: 'Task', Next: 'D' },
  B: { Type: 'Choice', Choices: [{ Next: 'E' }], Default: 'E' },
  D: { Type: 'Pass', Next: 'B' },
  E: { Type: 'Succeed' },
});
const difference = compareGraphs(before, after);

/** The element of a state or an arrow. */
const partOf = (svg: string, title: string): string =>
  svg.split('\n').find((line) => line.includes(`<title>${title}</title>`)) ?? '';

describe('the drawing of a difference', () => {
  it('tells what is added, removed and changed by a sign, by the line and by colour', async () => {
    const svg = await svgOf(difference);

    const [added, removed, changed, same] = [
      partOf(svg, 'D (Pass, added)'),
      partOf(svg, 'C (Fail, removed)'),
      partOf(svg, 'A (Task, changed)'),
      partOf(svg, 'E (Succeed)'),
    ];
    expect(added).toMatch(/class="state added".*stroke="#1a7f37" stroke-width="3"\/>.*>\+ D</);
    expect(removed).toMatch(/class="state removed".*stroke-dasharray="6 4".*text-decoration="line-through">− C</);
    expect(changed).toMatch(/class="state changed".*stroke-dasharray="1 3".*>~ A</);
    expect(same).toMatch(/class="state same".*>E</);
    expect(same).not.toContain('dasharray');
  });

  it('tells of arrows likewise, and how they are taken', async () => {
    const svg = await svgOf(difference);

    expect(partOf(svg, 'A → D, added')).toMatch(/stroke-width="3" marker-end="url\(#tip-added\)"\/>.*>\+</);
    expect(partOf(svg, 'A → C (catch), removed')).toMatch(/stroke-dasharray="6 4".*>− catch</);
    expect(partOf(svg, 'B → E (choice)')).not.toContain('<text');
    expect(partOf(svg, 'B → E (default)')).toContain('>default<');
  });

  it('says in words what it shows', async () => {
    expect(await svgOf(difference)).toContain(
      '<title>The state machine&#39;s difference. States: 1 added, 1 removed, 1 changed. Arrows: 2 added, 2 removed, 0 changed.</title>',
    );
  });

  it('has a shape for each kind of state', async () => {
    const svg = await svgOf(difference);

    expect(partOf(svg, 'B (Choice)')).toContain('<path d="M');
    expect(partOf(svg, 'D (Pass, added)')).toContain(' rx="4"');
    expect(partOf(svg, 'E (Succeed)')).toContain(' rx="15"');
  });

  it('is the same each time', async () => {
    expect(await svgOf(difference)).toBe(await svgOf(compareGraphs(before, after)));
  });

  it('leaves out arrows to states that no machine has', async () => {
    const astray = compareGraphs(graph({ A: { Type: 'Task', Next: 'Nowhere' } }), graph({ A: { Type: 'Fail' } }));

    expect(await svgOf(astray)).not.toContain('Nowhere');
  });

  it('has no markup that a name brings along', async () => {
    const name = fc.string({ unit: fc.oneof(fc.constantFrom('<', '>', '&', '"', "'", '\0', '\n', 'é'), fc.string()) });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), async (names) => {
        const states = Object.fromEntries(names.map((one) => [one, { Type: one, Next: names[0] }]));

        const svg = await svgOf(compareGraphs(graph({}), graph(states)));
        // Also an arrow from a state to itself has a beginning and a tip.
        expect(svg.match(/<path d="M[\d.]+ [\d.]+L[^"]+" fill="none"/g)).toHaveLength(names.length);

        const withoutOurs = svg.replaceAll(
          /<\/?(svg|title|defs|marker|path|rect|g|text)( [\w:-]+="[^"<>]*")*\/?>/g,
          '',
        );
        expect(withoutOurs).not.toMatch(/[<>"']/);
        expect(svg.replaceAll(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: no document of XML may have them
        expect(svg).not.toMatch(/[\0-\x09\x0b-\x1f]/);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the layout', () => {
  it('places states below each other, none over another one', async () => {
    const { boxes, lines, height } = await layOut(difference);

    const at = new Map(boxes.map((box) => [box.name, box]));
    expect(Number(at.get('A')?.y)).toBeLessThan(Number(at.get('D')?.y));
    expect(Number(at.get('D')?.y)).toBeLessThan(Number(at.get('B')?.y));
    for (const [index, one] of boxes.entries()) {
      expect(one.y + one.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
    }
    expect(lines.every(({ points }) => points.length >= 2)).toBe(true);
  });
});
