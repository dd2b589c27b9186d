import { describe, expect, it } from '@jest/globals';
import { adoptItems } from '../../../localstack/deploy/adopt-items.ts';
import { withResource } from '../../../localstack/deploy/adopt-resource.ts';
import type { TerraformPlan } from '../../../localstack/deploy/plan-differences.ts';

const anItemChange = (name: string, actions: readonly string[], pk = `FLIGHT#${name}`) => ({
  address: `aws_dynamodb_table_item.${name}`,
  type: 'aws_dynamodb_table_item',
  change: {
    actions,
    before: null,
    after: {
      table_name: 'bookings',
      hash_key: 'pk',
      range_key: 'sk',
      item: JSON.stringify({ pk: { S: pk }, sk: { S: 'FLIGHT' }, seatCapacity: { N: '3' } }),
    },
  },
});

/** A table that has these partition keys, and what was put into the state. */
function aTarget(present: readonly string[]) {
  const adopted: [string, object][] = [];
  const ports = {
    hasItem: async (table: string, key: Record<string, { S?: string }>) =>
      table === 'bookings' && Object.keys(key).join() === 'pk,sk' && present.includes(String(key.pk?.S)),
    adopt: async (address: string, attributes: object) => {
      adopted.push([address, attributes]);
    },
  };
  return { ports, adopted };
}

describe('items that the table has already', () => {
  it('are taken into the state instead of being made again, which Terraform would be refused', async () => {
    const { ports, adopted } = aTarget(['FLIGHT#a']);
    const plan = { resource_changes: [anItemChange('a', ['create']), anItemChange('b', ['create'])] };

    expect(await adoptItems(plan, ports)).toEqual(['aws_dynamodb_table_item.a']);
    const [{ change }] = plan.resource_changes as [ReturnType<typeof anItemChange>];
    expect(adopted).toEqual([['aws_dynamodb_table_item.a', { ...change.after, id: 'bookings|pk|FLIGHT#a|FLIGHT' }]]);
  });

  it.each<[string, TerraformPlan]>([
    ['nothing is planned', {}],
    ['the item is in the state', { resource_changes: [anItemChange('a', ['no-op'])] }],
    [
      'something else is made',
      { resource_changes: [{ ...anItemChange('a', ['create']), type: 'aws_dynamodb_table' }] },
    ],
    [
      'the table is yet to be named',
      {
        resource_changes: [
          { ...anItemChange('a', ['create']), change: { actions: ['create'], after: { hash_key: 'pk' } } },
        ],
      },
    ],
  ])('are left alone where %s', async (_, plan) => {
    const { ports, adopted } = aTarget(['FLIGHT#a']);
    expect(await adoptItems(plan, ports)).toEqual([]);
    expect(adopted).toEqual([]);
  });
});

describe("Terraform's state with one resource more", () => {
  const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
  const table = { mode: 'managed', type: 'aws_dynamodb_table', name: 'T', provider, instances: [] };
  const state = { version: 4, serial: 7, lineage: 'l', resources: [table] };

  it('has it by the provider of the others, under the next serial', () => {
    expect(withResource(state, 'aws_dynamodb_table_item.F', { id: 'x' })).toEqual({
      ...state,
      serial: 8,
      resources: [
        table,
        {
          mode: 'managed',
          type: 'aws_dynamodb_table_item',
          name: 'F',
          provider,
          instances: [{ schema_version: 0, attributes: { id: 'x' }, sensitive_attributes: [] }],
        },
      ],
    });
  });

  it.each(['module.m.aws_dynamodb_table_item.F', 'aws_dynamodb_table_item.F[0]', 'data.aws_dynamodb_table_item.F'])(
    'is not made for %s, which this project has none of',
    (address) => {
      expect(() => withResource(state, address, {})).toThrow(address);
    },
  );
});
