import { beforeAll } from '@jest/globals';
import { type Synthesized, synthesize } from './synthesized.ts';

export let local: Synthesized;

export let prod: Synthesized;

beforeAll(() => {
  local = synthesize({ STAGE: 'local' });
  prod = synthesize({ STAGE: 'prod' });
});
