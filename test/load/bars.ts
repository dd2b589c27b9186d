import { compared } from './bench-tables.ts';

const colours = ['#2b8a3e', '#1971c2', '#e8590c', '#5f3dc4'];
const [rowHeight, barHeight, labelWidth, barWidth] = [24, 16, 260, 420];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Horizontal bars, a group a figure, each group to its own scale, with ratios to the first target, as an SVG document. */
export function drawBars(results: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const names = [...results.keys()];
  const figures = [...new Set([...results.values()].flatMap((one) => [...one.keys()]))];
  const lines: string[] = [];
  let y = 30;
  for (const figure of figures) {
    const values = names.map((name) => results.get(name)?.get(figure));
    const longest = Math.max(...values.map((value) => value ?? 0), Number.EPSILON);
    lines.push(`<text x="8" y="${y + barHeight - 3}" font-weight="bold">${escaped(figure)}</text>`);
    for (const [index, value] of values.entries()) {
      const width = Math.max(1, ((value ?? 0) / longest) * barWidth);
      const label = `${names[index]} ${value === undefined ? '–' : compared(value, values[0] ?? value)}`;
      lines.push(
        `<rect x="${labelWidth}" y="${y}" width="${width.toFixed(1)}" height="${barHeight}" fill="${colours[index % colours.length]}"/>`,
        `<text x="${(labelWidth + width + 6).toFixed(1)}" y="${y + barHeight - 3}">${escaped(label)}</text>`,
      );
      y += rowHeight;
    }
    y += 10;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${labelWidth + barWidth + 180}" height="${y}" font-family="sans-serif" font-size="13">`,
    '<rect width="100%" height="100%" fill="white"/>',
    ...lines,
    '</svg>\n',
  ].join('\n');
}
