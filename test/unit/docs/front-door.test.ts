import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { scripts } from '#infra/docs/scripts.ts';
import { commandVariables, requiredInProduction, settings } from '#infra/docs/settings.ts';
import { projectRoot } from '#infra/paths.ts';

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

describe('the README', () => {
  it('is the front door: 130 lines at most, and all else is in docs/', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(130);
  });

  it('names the commands that run and test the project', () => {
    expect(read('README.md')).toMatch(/^npm ci && npm start\b/m);
    expect(read('README.md')).toMatch(/^npm test\b/m);
  });

  it.each([
    ['how to run', '](docs/local-cloud.md)'],
    ['how to break', '](docs/demo.md)'],
    ['how to change a leg', '](docs/add-a-leg.md)'],
    ['how to review a plan', '](docs/plan-review.md)'],
    ['how to deploy', '](docs/deploy.md)'],
    ['what it costs', existsSync(join(projectRoot, 'docs/cost.md')) ? '](docs/cost.md)' : 'costs'],
  ])('leads to %s', (_, link) => {
    expect(read('README.md')).toContain(link);
  });
});

describe('the reference', () => {
  it('has every script of package.json, and no other', () => {
    const { scripts: there } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect([...scripts.keys()].sort()).toEqual(Object.keys(there).sort());
  });

  it('marks the settings that production needs, as its refusal names them', () => {
    expect([...requiredInProduction()].sort()).toEqual([
      'ALARM_EMAIL',
      'AWS_ACCOUNT_ID',
      'CORS_ORIGINS',
      'SES_FROM_ADDRESS',
      'SES_IDENTITY_ARN',
      'TF_STATE_BUCKET',
    ]);
  });

  it('has no variable twice', () => {
    expect(Object.keys(commandVariables).filter((name) => name in settings)).toEqual(['STAGE']);
  });
});
