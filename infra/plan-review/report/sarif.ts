import { dangerRules } from '../dangers/rules.ts';
import type { Review } from '../review.ts';

/**
 * For code scanning: one result for each danger that was not accepted.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @param file that the results are about, from the repository's root
 */
export function sarifReport({ dangers }: Review, file: string): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'plan-review',
            rules: dangerRules.map(({ name, about }) => ({ id: name, shortDescription: { text: about } })),
          },
        },
        results: dangers.map(({ rule, address, sentence }) => ({
          ruleId: rule,
          level: 'error',
          message: { text: sentence },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: encodeURI(file) } },
              logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }],
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
