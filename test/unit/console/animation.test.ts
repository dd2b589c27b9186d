import { expect, it } from '@jest/globals';
import { animatedRun } from '../../../localstack/console/model/animation.ts';
import type { Layout } from '../../../localstack/console/model/layout.ts';
import { recorded } from './recorded.ts';

const names = ['TakePayment', 'CancelBooking', 'RefundPayment', 'ReleaseSeat', '<b>&'];
const layout: Layout = {
  startAt: 'TakePayment',
  width: 200,
  height: 400,
  states: names.map((name, at) => ({
    name,
    type: 'Task',
    comment: undefined,
    undoes: at > 0,
    x: 0,
    y: at * 60,
  })),
  edges: [
    {
      from: 'CancelBooking',
      to: 'RefundPayment',
      kind: 'next',
      points: [
        [0, 0],
        [0, 60],
      ],
    },
  ],
};

it('a run lights up in its order, the end of each look is the beginning of the next, and markup stays text', () => {
  const svg = animatedRun(layout, recorded('failBookingConfirmation'), 'a <run>');

  const beginOf = (look: string): number => {
    const layer = /<g id="(l\d+)"[^>]*>(?:(?!<g id=).)*?/g;
    const ids = [...svg.matchAll(layer)].map(([, id]) => id ?? '');
    const id = ids.find((each) =>
      svg
        .slice(svg.indexOf(`<g id="${each}"`))
        .split('\n')[0]
        ?.includes(look),
    );
    const [, begin = ''] = new RegExp(`@keyframes k${id?.slice(1)}\\{0%\\{opacity:0\\}([\\d.]+)%`).exec(svg) ?? [];
    return Number(begin);
  };
  const undone = ['CancelBooking', 'RefundPayment', 'ReleaseSeat'].map((name) =>
    beginOf(`>${name}</text><text class="s"`),
  );
  expect(undone).toEqual(undone.toSorted((one, other) => one - other));
  expect(undone[0]).toBeGreaterThan(0);
  expect(svg).toContain('aria-label="a &lt;run&gt;"');
  expect(svg).toContain('&lt;b&gt;&amp;');
  expect(svg).not.toContain('<b>');
  expect(svg).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});
