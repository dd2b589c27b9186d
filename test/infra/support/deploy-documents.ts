import { beforeAll } from '@jest/globals';
import { stageNames } from '#infra/config.ts';
import { type Purpose, policiesOf } from '#infra/deploy-policy/policies.ts';
import type { SynthesizedStack } from '#infra/deploy-policy/stack-scope.ts';
import type { PolicyDocument, Statement } from '#infra/deploy-policy/statement.ts';
import { type Synthesized, synthesize } from './synthesized.ts';

export const account = '123456789012';

const stacks = new Map<string, Synthesized>();

beforeAll(() => {
  for (const STAGE of stageNames) stacks.set(STAGE, synthesize({ STAGE, TF_STATE_BUCKET: 'states' }));
});

export const stackOf = (stage: string): SynthesizedStack => structuredClone(stacks.get(stage)?.json);

export const statementsOf = (documents: readonly PolicyDocument[]): Statement[] =>
  documents.flatMap(({ Statement: statements }) => statements);

export const policy = (stage: string, purpose: Purpose): Statement[] =>
  statementsOf(policiesOf(stackOf(stage), account, purpose));

export const allowing = (statements: readonly Statement[], action: string): Statement[] =>
  statements.filter(({ Action }) => Action.includes(action));
