import { afterEach, expect } from '@jest/globals';
import { LAMBDA, type Setup, type Subject, subject } from './support.ts';

const opened: Subject[] = [];

export const states = { Reserve: { Type: 'Task', Resource: LAMBDA, TimeoutSeconds: 600, End: true } };

export const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:parcel:';

export function open(setup: Partial<Setup> = {}): Subject {
  const sfn = subject({ states, ...setup });
  opened.push(sfn);
  return sfn;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ service }) => service.close()));
});

export const refused = (code: string) => expect.objectContaining({ name: 'AwsError', code });
