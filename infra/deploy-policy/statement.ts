/** Conditions by operator and key, as IAM writes them. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** Characters of a managed policy, white space not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const policyLimit = 6_144;

export function policySize(document: PolicyDocument): number {
  return JSON.stringify(document).replaceAll(/\s/g, '').length;
}

/** One statement for all actions on the same resources under the same condition; everything sorted, so that diffs are small. */
export function mergeStatements(statements: readonly Statement[]): Statement[] {
  const merged = new Map<string, Statement>();
  for (const statement of statements) {
    const Resource = sorted(statement.Resource);
    const key = JSON.stringify([Resource, statement.Condition ?? null]);
    const Action = sorted([...(merged.get(key)?.Action ?? []), ...statement.Action]);
    merged.set(key, { ...statement, Action, Resource });
  }
  return [...merged.values()].sort((a, b) => compare(String(a.Action[0]), String(b.Action[0])));
}

/**
 * As few documents as hold all statements, each within the limit: a role takes up to ten managed policies.
 * Throws where one statement alone is over it.
 */
export function splitStatements(statements: readonly Statement[], limit = policyLimit): PolicyDocument[] {
  const documents: PolicyDocument[] = [];
  for (const statement of statements) {
    const last = documents.at(-1);
    const grown = documentOf([...(last?.Statement ?? []), statement]);
    if (last && policySize(grown) <= limit) {
      documents[documents.length - 1] = grown;
      continue;
    }
    const alone = documentOf([statement]);
    if (policySize(alone) > limit) {
      throw new Error(
        `The statement of ${statement.Action[0]} has ${policySize(alone)} characters, a managed policy ${limit}: give fewer resources or actions in one grant`,
      );
    }
    documents.push(alone);
  }
  return documents;
}

function documentOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compare);
}

/** By code unit: the same order on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
