import type { TerraformPlan } from './plan-differences.ts';

export interface AdoptionPorts {
  /** Whether the table has an item at this key; false without the table, too. */
  hasItem(tableName: string, key: Key): Promise<boolean>;
  /** Puts the resource into Terraform's state as it is at the target. */
  adopt(address: string, attributes: Readonly<Record<string, string>>): Promise<void>;
}

type Key = Record<string, { readonly S?: string }>;

interface PlannedItem {
  readonly table_name?: string;
  readonly hash_key?: string;
  readonly range_key?: string;
  readonly item?: string;
}

/**
 * Takes items that the plan would make, and that the table has already, into the state: releases before these items were
 * the stack's put them there, and Terraform's own put is refused where there is one. Provider 5.100 can't import them
 * ("resource aws_dynamodb_table_item doesn't support import"). Answers their addresses.
 */
export async function adoptItems(plan: TerraformPlan, ports: AdoptionPorts): Promise<readonly string[]> {
  const adopted: string[] = [];
  for (const { address, type, change } of plan.resource_changes ?? []) {
    if (type !== 'aws_dynamodb_table_item' || change.actions.join() !== 'create') continue;
    const { table_name, hash_key, range_key, item } = change.after as PlannedItem;
    if (table_name === undefined || hash_key === undefined || range_key === undefined || item === undefined) continue;
    const { [hash_key]: hash = {}, [range_key]: range = {} } = JSON.parse(item) as Key;
    if (!(await ports.hasItem(table_name, { [hash_key]: hash, [range_key]: range }))) continue;
    const id = [table_name, hash_key, hash.S, range.S].join('|');
    await ports.adopt(address, { id, table_name, hash_key, range_key, item });
    adopted.push(address);
  }
  return adopted;
}
