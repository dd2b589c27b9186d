import { beforeAll } from '@jest/globals';
import { stageNames } from '#infra/config.ts';
import { type Json, type Synthesized, synthesize } from './synthesized.ts';

const stacks = new Map<string, Synthesized>();

beforeAll(() => {
  for (const STAGE of stageNames) stacks.set(STAGE, synthesize({ STAGE }));
});

export const stackOf = (stage: string): Synthesized => stacks.get(stage) as Synthesized;

export const alarmsOf = (stage: string): Json[] =>
  Object.values(stackOf(stage).resources('aws_cloudwatch_metric_alarm'));
