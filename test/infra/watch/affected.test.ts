import { describe, expect, it } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { affectedBy } from '#infra/watch/affected.ts';
import { reachedFrom, sourcesOf } from '#infra/watch/sources.ts';

const sources = {
  functions: new Map([
    ['health', new Set(['functions/api/health.ts', 'functions/shared/json.ts'])],
    ['bookings', new Set(['functions/api/bookings.ts', 'functions/shared/json.ts'])],
  ]),
  stack: new Set(['infra/main.ts', 'functions/legs.ts']),
};

describe('what a saved file is in', () => {
  it.each([
    [['functions/api/health.ts'], ['health'], 'nothing'],
    [['functions/shared/json.ts'], ['health', 'bookings'], 'nothing'],
    [['infra/main.ts'], [], 'sources'],
    [['functions/legs.ts', 'functions/api/bookings.ts'], ['bookings'], 'sources'],
    [['statemachine/booking-saga.asl.json'], [], 'machine'],
    [['statemachine/booking-saga.asl.json', 'infra/main.ts'], [], 'sources'],
    [['statemachine/README.md', 'functions/api/health.ts~', '4913'], [], 'nothing'],
  ])('%j: functions %j, stack for %s', (files, functions, stack) => {
    expect(affectedBy(files, sources)).toEqual({ functions, stack });
  });
});

describe('the sources', () => {
  it('of a function are all that it imports, also what tree shaking left nothing of', () => {
    const imports = (...paths: string[]) => ({
      bytes: 1,
      imports: paths.map((path) => ({ path, kind: 'import-statement' as const })),
    });
    const metafile: Metafile = {
      inputs: { 'a.ts': imports('b.ts'), 'b.ts': imports('a.ts', 'c.ts'), 'c.ts': imports(), 'd.ts': imports() },
      outputs: {
        'dist/a.mjs': {
          bytes: 1,
          inputs: { 'a.ts': { bytesInOutput: 1 } },
          imports: [],
          exports: [],
          entryPoint: 'a.ts',
        },
      },
    };

    expect([...reachedFrom(metafile, 'a')]).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect([...reachedFrom(metafile, 'd')]).toEqual([]);
  });

  it('of this service name its functions and its stack', async () => {
    const { functions, stack } = await sourcesOf('faults');

    expect(affectedBy(['functions/api/health.ts'], { functions, stack })).toEqual({
      functions: ['health'],
      stack: 'nothing',
    });
    expect(affectedBy(['functions/shared/saga/leg-step.ts'], { functions, stack }).functions).toContain(
      'reserve-hotel',
    );
    expect(affectedBy(['functions/hotel/leg.ts'], { functions, stack })).toEqual({
      functions: expect.arrayContaining(['reserve-hotel', 'bookings']),
      stack: 'sources',
    });
    expect(affectedBy(['infra/booking-stack.ts'], { functions, stack })).toEqual({ functions: [], stack: 'sources' });
  });
});
