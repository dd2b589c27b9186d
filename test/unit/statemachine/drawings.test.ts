import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readSaga, type StateMachine } from '../../../statemachine/tools/asl.ts';
import { drawOverview, drawSaga } from '../../../statemachine/tools/draw.ts';

const readmeOf = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it.each([
  ['statemachine/README.md', 'saga', drawSaga],
  ['docs/saga.md', 'saga-overview', drawOverview],
])('%s shows the machine as it is (npm run docs)', (path, marker, draw) => {
  expect(readmeOf(path)).toContain(
    `<!-- ${marker}:start -->\n\`\`\`mermaid\n${draw(readSaga())}\n\`\`\`\n<!-- ${marker}:end -->`,
  );
});

describe('the drawing of a machine', () => {
  const machine: StateMachine = {
    StartAt: 'Work',
    States: {
      Work: { Type: 'Task', Next: 'Done?', Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Failed' }] },
      'Done?': { Type: 'Choice', Choices: [{ Variable: '$.done', IsPresent: true, Next: 'Done' }], Default: 'Failed' },
      Done: { Type: 'Succeed' },
      Failed: { Type: 'Fail' },
    },
  };

  it('has a shape for each kind of state and dotted arrows for caught errors', () => {
    expect(drawSaga(machine).split('\n').slice(0, -2)).toEqual([
      'flowchart TD',
      '  start(( )) --> s0',
      '  s0["Work"]',
      '  s1{"Done?"}',
      '  s2(["Done"]):::succeed',
      '  s3(["Failed"]):::fail',
      '  s0 --> s1',
      '  s0 -.-> s3',
      '  s1 --> s3',
      '  s1 --> s2',
    ]);
  });

  it('draws one arrow where success and a caught error go the same way', () => {
    const same: StateMachine = {
      StartAt: 'Work',
      States: {
        Work: { Type: 'Task', Next: 'Done', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] },
        Done: { Type: 'Succeed' },
      },
    };
    expect(
      drawSaga(same)
        .split('\n')
        .filter((line) => line.includes('s0 ')),
    ).toEqual(['  s0 --> s1']);
  });
});
