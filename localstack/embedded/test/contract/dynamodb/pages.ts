export const sortsOf = (result: Record<string, unknown>) =>
  (result.Items as { sk: { S: string } }[]).map(({ sk }) => sk.S);

export async function pages(request: (start: Record<string, unknown>) => Promise<Record<string, unknown>>) {
  const found: string[][] = [];
  let start = {};
  for (;;) {
    const page = await request(start);
    found.push(sortsOf(page));
    if (page.LastEvaluatedKey === undefined) return found;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}
