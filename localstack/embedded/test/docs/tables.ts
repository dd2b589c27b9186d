import { operatorNames } from '../../events/operators.ts';
import { conditionOperators } from '../../iam/condition.ts';
import { startCloud } from '../../index.ts';
import { SERVICES } from '../../services.ts';
import { attributesOf } from '../../stack/attributes.ts';
import { dataSources } from '../../stack/data-sources.ts';
import { functionNames } from '../../stack/functions.ts';
import { resourceTypes } from '../../stack/resource-types.ts';
import { INTRINSICS } from '../../stepfunctions/intrinsic-functions.ts';
import { INTEGRATIONS, STATE_TYPES } from '../../stepfunctions/refusals.ts';

/** Tables of the README by their markers. */
export async function tables(emptyStack: string): Promise<Readonly<Record<string, string>>> {
  return {
    operations: table(['Service', 'Operations'], await operations(emptyStack)),
    resources: table(['Type', 'Attributes without effect here'], resources()),
    language: table(
      ['Language', 'Known'],
      [
        ['data sources', code(Object.keys(dataSources))],
        ['functions of Terraform', code(functionNames)],
        ['states', code(STATE_TYPES)],
        ['resources of a Task', `a function's ARN, ${code(INTEGRATIONS)}`],
        ['intrinsic functions', code(Object.keys(INTRINSICS).sort())],
        ['operators of event patterns', code(['exists', ...operatorNames])],
        ['operators of policy conditions', code(conditionOperators)],
      ],
    ),
  };
}

function resources(): string[][] {
  return Object.keys(resourceTypes)
    .sort()
    .map((type) => {
      const attributes = attributesOf[type];
      return [code([type]), attributes === undefined ? 'all' : code(attributes.inert?.split(' ').sort() ?? [])];
    });
}

/** Asked of a running cloud: what it says is what it does. */
async function operations(stackFile: string): Promise<string[][]> {
  const cloud = await startCloud({ stackFile, port: 0, awsPort: 0 });
  try {
    const response = await fetch(`${cloud.awsUrl}/_local/services`);
    const served = (await response.json()) as Record<string, string[]>;
    return Object.entries(SERVICES).map(([name, { title }]) => [`${title} (\`${name}\`)`, code(served[name] ?? [])]);
  } finally {
    await cloud.close();
  }
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
