import type { Sample } from './drive.ts';
import type { Fit } from './fit.ts';

const [left, width, height, gap] = [70, 760, 180, 50];

interface Panel {
  readonly title: string;
  /** At the middle of the samples. */
  readonly values: readonly number[];
  /** A straight line from one sample to the last. */
  readonly line?: { readonly from: number; readonly start: number; readonly end: number };
}

/** Bookings a second and memory over time, with the fitted line and the kills, as an SVG document. */
export function drawSeries(samples: readonly Sample[], fit: Fit): string {
  const last = samples.at(-1);
  const grown = fit.bytesABooking * ((last?.ended ?? 0) - (samples[fit.from]?.ended ?? 0));
  const megabytes = (bytes: number): number => bytes / 2 ** 20;
  const panels: Panel[] = [
    { title: 'bookings ended a second, over five samples', values: rates(samples) },
    {
      title: 'resident memory of the target, MB, and the fitted line',
      values: samples.map(({ bytes }) => megabytes(bytes)),
      line: { from: fit.from, start: megabytes(fit.bytes), end: megabytes(fit.bytes + grown) },
    },
  ];
  const longest = Math.max(last?.ms ?? 0, 1);
  const x = ({ ms }: Sample): number => left + (ms / longest) * width;
  const kills = samples.filter(({ life }, index) => index > 0 && life !== samples[index - 1]?.life);
  const drawn = panels.flatMap(({ title, values, line }, index) => {
    const top = gap + index * (height + gap);
    const most = Math.max(...values, line?.end ?? 0, Number.EPSILON);
    const y = (value: number): number => top + height - (value / most) * height;
    const at = (sample: Sample, value: number): string => `${x(sample).toFixed(1)},${y(value).toFixed(1)}`;
    const points = samples.map((sample, place) => at(sample, values[place] ?? 0));
    const [from, to] = [samples[line?.from ?? 0], last];
    return [
      `<text x="${left}" y="${top - 10}" font-weight="bold">${title}</text>`,
      `<text x="${left - 8}" y="${top + 10}" text-anchor="end">${most.toFixed(0)}</text>`,
      `<text x="${left - 8}" y="${top + height}" text-anchor="end">0</text>`,
      `<path d="M${left},${top} v${height} h${width}" fill="none" stroke="#868e96"/>`,
      ...kills.map(
        (sample) => `<path d="M${x(sample).toFixed(1)},${top} v${height}" stroke="#e03131" stroke-dasharray="4"/>`,
      ),
      `<polyline points="${points.join(' ')}" fill="none" stroke="#1971c2"/>`,
      ...(line && from && to
        ? [
            `<polyline points="${at(from, line.start)} ${at(to, line.end)}" fill="none" stroke="#e8590c" stroke-width="2"/>`,
          ]
        : []),
    ];
  });
  const bottom = gap + panels.length * (height + gap);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 20}" height="${bottom}" font-family="sans-serif" font-size="13">`,
    '<rect width="100%" height="100%" fill="white"/>',
    ...drawn,
    `<text x="${left + width}" y="${bottom - gap + 18}" text-anchor="end">${(longest / 1000).toFixed(0)} s; a dashed line is a kill -9</text>`,
    '</svg>\n',
  ].join('\n');
}

/** Over the last five samples, or as many as there are. */
const rates = (samples: readonly Sample[]): number[] =>
  samples.map((sample, index) => {
    const earlier = samples[Math.max(0, index - 5)] ?? sample;
    return sample.ms === earlier.ms ? 0 : (1000 * (sample.ended - earlier.ended)) / (sample.ms - earlier.ms);
  });
