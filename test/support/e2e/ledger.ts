import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { partitionPrefixes } from '#schema/table.ts';
import type { Target } from './target.ts';

/** Sums over charges of the built-in ledger, in minor units. */
export interface LedgerTotals {
  /** How many charges there are by `charge_status`. */
  readonly charges: Readonly<Record<string, number>>;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  /** Captured and not refunded: what confirmed bookings have paid. */
  readonly keptMinor: number;
}

/** The ledger's items of these charges, or of all charges. */
export async function ledgerTotals(target: Target, tokens?: Iterable<string>): Promise<LedgerTotals> {
  const wanted = tokens === undefined ? undefined : new Set(tokens);
  const charges: Record<string, number> = {};
  let capturedMinor = 0;
  let refundedMinor = 0;
  const pages = paginateScan(
    { client: target.dynamodb },
    {
      TableName: target.tableName,
      ConsistentRead: true,
      FilterExpression: 'begins_with(pk, :charges)',
      ExpressionAttributeValues: { ':charges': partitionPrefixes.charge },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { pk, charge_status: status, captured_minor = 0, refunded_minor = 0 } of Items) {
      if (wanted !== undefined && !wanted.has(String(pk).slice(partitionPrefixes.charge.length))) continue;
      charges[String(status)] = (charges[String(status)] ?? 0) + 1;
      capturedMinor += Number(captured_minor);
      refundedMinor += Number(refunded_minor);
    }
  }
  return { charges, capturedMinor, refundedMinor, keptMinor: capturedMinor - refundedMinor };
}
