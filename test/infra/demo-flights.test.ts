import { beforeAll, describe, expect, it } from '@jest/globals';
import { stageConfig, stageNames } from '#infra/config.ts';
import { demoFlightItems, demoFlights } from '#schema/demo-flights.ts';
import { attributeValuesOf } from '#schema/flight-item.ts';
import { settingsOf } from './support/production.ts';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

const stacks = new Map<string, Synthesized>();
beforeAll(() => {
  for (const STAGE of stageNames) stacks.set(STAGE, synthesize({ STAGE }));
});

const itemsOf = (stage: string): Json[] =>
  Object.values((stacks.get(stage) as Synthesized).resources('aws_dynamodb_table_item'));
const byKey = (items: readonly Json[]): Json[] => [...items].sort((a, b) => a.pk.S.localeCompare(b.pk.S));

describe('the flights of the stack', () => {
  it.each(stageNames)('are there on stage %s where it has demo routes', (stage) => {
    const wanted = stageConfig(settingsOf(stage)).demoRoutes ? demoFlightItems.map(attributeValuesOf) : [];
    expect(byKey(itemsOf(stage).map(({ item }) => JSON.parse(item)))).toEqual(byKey(wanted));
  });

  it('are in the table, by its keys, and Terraform ignores later changes', () => {
    const table = (stacks.get('dev') as Synthesized).reference('aws_dynamodb_table');
    expect(itemsOf('dev')).toHaveLength(demoFlights.length);
    for (const item of itemsOf('dev')) {
      expect(item).toMatchObject({
        table_name: `\${${table}.name}`,
        hash_key: 'pk',
        range_key: 'sk',
        lifecycle: { ignore_changes: ['item'] },
      });
    }
  });
});
